package io.i2pstreaming;

import io.i2pstreaming.connection.CloseReason;
import io.i2pstreaming.facade.Backlog;
import io.i2pstreaming.loop.SessionLoop;
import java.io.IOException;
import java.net.BindException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ports that one manager listens on, each with the server socket that has it: a port is taken
 * here before it is in the loop, and free there before it is here. Called by application threads,
 * through the manager and its server sockets. Never sees a stream: the loop puts these into the
 * backlogs.
 */
final class ListeningPorts {
  private final SessionLoop loop;
  private final Map<Integer, I2PServerSocket> servers = new ConcurrentHashMap<>();

  ListeningPorts(SessionLoop loop) {
    this.loop = loop;
  }

  /**
   * Accepts streams to the port of {@code server} from now on.
   *
   * @throws BindException when another one has that port
   */
  void open(I2PServerSocket server, Backlog backlog) throws IOException {
    int port = server.getLocalPort();
    if (servers.putIfAbsent(port, server) != null) {
      throw new BindException("this stream manager listens on port " + port + " already");
    }
    if (!loop.listen(port, backlog)) {
      servers.remove(port, server);
      throw Failures.exception(CloseReason.MANAGER_CLOSED, "the stream manager takes no listener");
    }
  }

  /** The port of {@code server} may be listened on again. */
  void free(I2PServerSocket server) {
    int port = server.getLocalPort();
    // In this order: whoever finds the port free must find it free in the loop, too.
    loop.unlisten(port);
    servers.remove(port, server);
  }

  /** Tells every server socket that its manager is closed; after the loop is. */
  void managerClosed() {
    List.copyOf(servers.values()).forEach(I2PServerSocket::managerClosed);
    servers.clear();
  }
}
