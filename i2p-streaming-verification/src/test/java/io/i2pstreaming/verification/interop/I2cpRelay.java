package io.i2pstreaming.verification.interop;

import io.i2pstreaming.embedded.EmulatedNetwork;
import io.i2pstreaming.embedded.NetworkConditions;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands between an I2CP client and a real router and makes the network that no router on loopback
 * has: the messages that a session sends and receives, each of them one datagram, are lost, delayed
 * and reordered as {@link NetworkConditions} say, both ways, each with a fate decided by the seed.
 * All other frames pass untouched and in order, so that the session itself never suffers. Counts
 * frames by type. Understands no message beyond its type.
 */
final class I2cpRelay implements AutoCloseable {
  /** CreateLeaseSet2, by which a client answers each request for a new lease set. */
  static final int CREATE_LEASE_SET2 = 41;

  private static final Set<Integer> SENT_DATAGRAMS = Set.of(5, 36);
  private static final Set<Integer> RECEIVED_DATAGRAMS = Set.of(31);
  private static final int PROTOCOL_BYTE = 0x2a;

  private final ServerSocket listener;
  private final int routerPort;
  private final SplittableRandom seeds;
  private final List<RelayedDirection> directions = new CopyOnWriteArrayList<>();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile NetworkConditions conditions = NetworkConditions.perfect();

  private I2cpRelay(int routerPort, long seed) throws IOException {
    this.routerPort = routerPort;
    this.seeds = new SplittableRandom(seed);
    this.listener = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
  }

  /** Starts one in front of the router whose I2CP listens on this loopback port. */
  static I2cpRelay started(int routerPort, long seed) throws IOException {
    I2cpRelay relay = new I2cpRelay(routerPort, seed);
    relay.run("relay-accept", relay::accept);
    return relay;
  }

  /** Where clients connect. */
  int port() {
    return listener.getLocalPort();
  }

  /** For what enters from now on. */
  void conditions(NetworkConditions conditions) {
    this.conditions = conditions;
    directions.forEach(direction -> direction.conditions(conditions));
  }

  /** Messages that vanished so far, both ways together. */
  long lost() {
    return directions.stream().mapToLong(direction -> direction.stats().lost()).sum();
  }

  /** Frames of this type that passed so far, both ways together. */
  long frames(int type) {
    return directions.stream().mapToLong(direction -> direction.frames(type)).sum();
  }

  private void accept() throws IOException {
    while (!listener.isClosed()) {
      Socket client = listener.accept();
      sockets.add(client);
      try {
        connect(client);
      } catch (IOException noRouter) {
        client.close();
      }
    }
  }

  private void connect(Socket client) throws IOException {
    Socket router = new Socket(InetAddress.getLoopbackAddress(), routerPort);
    sockets.add(router);
    client.setTcpNoDelay(true);
    router.setTcpNoDelay(true);
    EmulatedNetwork<String> up = network();
    EmulatedNetwork<String> down = network();
    InputStream fromClient = client.getInputStream();
    OutputStream toRouter = router.getOutputStream();
    if (fromClient.read() != PROTOCOL_BYTE) {
      router.close();
      throw new IOException("not an I2CP client");
    }
    toRouter.write(PROTOCOL_BYTE);
    relay(client, router, fromClient, toRouter, SENT_DATAGRAMS, up);
    relay(
        client,
        router,
        router.getInputStream(),
        client.getOutputStream(),
        RECEIVED_DATAGRAMS,
        down);
  }

  private EmulatedNetwork<String> network() {
    return new EmulatedNetwork<>(seeds.nextLong(), conditions, RelayedDirection.MAX_IN_FLIGHT);
  }

  private void relay(
      Socket client,
      Socket router,
      InputStream from,
      OutputStream to,
      Set<Integer> datagrams,
      EmulatedNetwork<String> network) {
    RelayedDirection direction =
        new RelayedDirection(new DataInputStream(from), to, datagrams, network);
    directions.add(direction);
    run(
        "relay-read",
        () -> {
          try {
            direction.read();
          } finally {
            direction.end();
            client.close();
            router.close();
          }
        });
    run("relay-deliver", direction::deliver);
  }

  private interface Task {
    void run() throws IOException, InterruptedException;
  }

  /** The end of a connection, and of the relay, shows as an exception: it ends the thread. */
  private void run(String name, Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException | InterruptedException ended) {
                return;
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    directions.forEach(RelayedDirection::end);
  }
}
