package io.i2pstreaming.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The router's I2CP port, on 127.0.0.1 only. One thread accepts; each client has a reader and a
 * writer, so that a slow one stalls nobody.
 */
final class TcpPort {
  private static final Logger LOG = LoggerFactory.getLogger(TcpPort.class);
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int BACKLOG = 50;
  private static final int MAX_CLIENTS = 256;
  private static final long END_WAIT_MILLIS = 2_000;

  private final RouterThread router;
  private final ServerSocket server;
  private final Thread acceptor;

  /** Guarded by itself. */
  private final Set<TcpClient> clients = new LinkedHashSet<>();

  /** Binds the port; 0 takes a free one. */
  TcpPort(RouterThread router, int port) throws IOException {
    this.router = router;
    this.server = new ServerSocket();
    this.acceptor = new Thread(this::accept, "i2p-embedded-accept");
    try {
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), BACKLOG);
    } catch (IOException e) {
      server.close();
      throw new IOException(
          "the embedded router cannot listen on 127.0.0.1:"
              + port
              + " ("
              + e.getMessage()
              + "); choose another port, or 0 for a free one",
          e);
    }
  }

  /** The port that is bound. */
  int port() {
    return server.getLocalPort();
  }

  void start() {
    acceptor.setDaemon(true);
    acceptor.start();
  }

  /** Stops listening; the clients are ended by the machine. */
  void stopAccepting() {
    try {
      server.close();
    } catch (IOException e) {
      LOG.debug("The I2CP port did not close cleanly", e);
    }
  }

  /** Cuts what is still open, and waits a bounded time for the threads. */
  void stop() {
    stopAccepting();
    List<TcpClient> open;
    synchronized (clients) {
      open = List.copyOf(clients);
    }
    for (TcpClient client : open) {
      client.awaitEnd();
    }
    awaitAcceptor();
  }

  /** Until it has woken, the system keeps the port bound, and a router could not start again. */
  private void awaitAcceptor() {
    try {
      acceptor.join(END_WAIT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        admit(server.accept());
      } catch (IOException e) {
        if (!server.isClosed()) {
          LOG.warn("The embedded router could not accept an I2CP connection", e);
        }
      }
    }
  }

  private void admit(Socket socket) throws IOException {
    TcpClient client = new TcpClient(socket, router, this::ended);
    synchronized (clients) {
      if (clients.size() >= MAX_CLIENTS) {
        LOG.warn("The embedded router has {} I2CP connections and takes no more", MAX_CLIENTS);
        socket.close();
        return;
      }
      clients.add(client);
    }
    client.start();
  }

  private void ended(TcpClient client) {
    synchronized (clients) {
      clients.remove(client);
    }
  }
}
