package io.i2pstreaming.connection;

import io.i2pstreaming.wire.MalformedPacketException;
import io.i2pstreaming.wire.PacketView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * Two connections and the network between them, in virtual time. Everything follows from the seed;
 * after every event the invariants are checked.
 */
final class Pair {
  static final long MILLI = 1_000_000L;
  static final long SECOND = 1000 * MILLI;
  static final int CLIENT = 0;
  static final int SERVER = 1;

  /** What the network does with a packet. */
  interface Script {
    /**
     * Sees every packet that leaves.
     *
     * @param from the side that sent it
     * @param count how many packets that side sent before
     * @return whether it is dropped
     */
    boolean drops(int from, int count, PacketView packet);
  }

  /** What the way from the client to the server adds to the latency. */
  interface Link {
    /** How long a packet waits, or −1 when there is no room for it. */
    long delayNanos(long now, int bytes);
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Datagram(long at, long order, int to, byte[] bytes) {}

  private final PriorityQueue<Datagram> network =
      new PriorityQueue<>(
          Comparator.comparingLong(Datagram::at).thenComparingLong(Datagram::order));
  private final Random random;
  private final ConnectionConfig serverConfig;
  private final PacketView view = new PacketView();
  private final byte[] buffer = new byte[4096];
  private final int[] sent = new int[2];
  private long order;

  final Side client = new Side(1, 2);
  final Side server = new Side(2, 1);
  final List<String> trace = new ArrayList<>();
  long now = 1_000 * SECOND;
  long latency = 100 * MILLI;
  long jitter;
  double loss;
  double duplicates;
  Script script = (from, count, packet) -> false;
  Link link = (at, bytes) -> 0;
  Runnable afterEvent = () -> {};
  boolean tracing;

  Pair(long seed, ConnectionConfig clientConfig, ConnectionConfig serverConfig) {
    this(seed, clientConfig, null, serverConfig);
  }

  Pair(
      long seed,
      ConnectionConfig clientConfig,
      PathMemory clientMemory,
      ConnectionConfig serverConfig) {
    random = new Random(seed);
    this.serverConfig = serverConfig;
    client.connection =
        Connection.initiator(
            clientConfig, clientMemory, 1 + random.nextInt(1 << 30), client.auth, client.ports());
  }

  Pair(ConnectionConfig config) {
    this(1, config, config);
  }

  static ConnectionConfig config() {
    return config(CongestionAlgorithm.DELAY);
  }

  static ConnectionConfig config(CongestionAlgorithm algorithm) {
    return new ConnectionConfig(
        6,
        128,
        1812,
        3500 * MILLI,
        100 * MILLI,
        1,
        60 * SECOND,
        0,
        8,
        90 * SECOND,
        InactivityAction.SEND,
        512 * 1024,
        algorithm);
  }

  Pair open() {
    client.connection.open(now);
    pump(CLIENT);
    return this;
  }

  void write(Side side, long bytes) {
    side.written += bytes;
    side.flushed = side.written;
    told(side);
  }

  void writeUnflushed(Side side, long bytes) {
    side.written += bytes;
    told(side);
  }

  void finish(Side side) {
    side.finished = true;
    side.flushed = side.written;
    told(side);
  }

  void abandon(Side side) {
    side.abandoned = true;
    side.connection.onRead(now);
    pump(indexOf(side));
  }

  void read(Side side, long bytes) {
    side.read = Math.min(side.received, side.read + bytes);
    side.connection.onRead(now);
    pump(indexOf(side));
  }

  void abort(Side side, CloseReason reason) {
    side.connection.abort(now, reason);
    pump(indexOf(side));
  }

  private void told(Side side) {
    if (side.connection != null) {
      side.connection.onWritten(now);
      pump(indexOf(side));
    }
  }

  private int indexOf(Side side) {
    return side == client ? CLIENT : SERVER;
  }

  private Side side(int index) {
    return index == CLIENT ? client : server;
  }

  /** Packets that a side has sent so far. */
  int sent(Side side) {
    return sent[indexOf(side)];
  }

  /** Runs until the condition holds; fails when it does not within the given time. */
  Pair runUntil(long nanos, BooleanSupplier condition) {
    long end = now + nanos;
    while (!condition.getAsBoolean()) {
      if (!step(end)) {
        throw new AssertionError("not within " + nanos / MILLI + " ms: " + describe());
      }
    }
    return this;
  }

  /** Runs for a time. */
  Pair run(long nanos) {
    long end = now + nanos;
    boolean more = true;
    while (more) {
      more = step(end);
    }
    now = end;
    return this;
  }

  String describe() {
    return "client "
        + describe(client)
        + "; server "
        + (server.connection == null ? "none" : describe(server));
  }

  private static String describe(Side side) {
    return side.closed
        + " written "
        + side.written
        + " released "
        + side.released
        + " received "
        + side.received
        + " "
        + side.connection.stats();
  }

  private long deadline(Side side) {
    return side.connection == null ? Connection.NEVER : side.connection.nextDeadline();
  }

  /** When something happens next. */
  long nextEvent() {
    long arrival = network.isEmpty() ? Connection.NEVER : network.peek().at();
    return Math.min(arrival, Math.min(deadline(client), deadline(server)));
  }

  /** Lets the next thing happen unless it is later than {@code end}. */
  boolean step(long end) {
    long arrival = network.isEmpty() ? Connection.NEVER : network.peek().at();
    long timer = Math.min(deadline(client), deadline(server));
    long next = Math.min(arrival, timer);
    if (next > end) {
      return false;
    }
    now = Math.max(now, next);
    if (arrival <= timer) {
      Datagram datagram = network.remove();
      arrive(datagram.to(), datagram.bytes());
    } else {
      int index = deadline(client) <= deadline(server) ? CLIENT : SERVER;
      side(index).connection.onTimer(now);
      pump(index);
    }
    afterEvent.run();
    return true;
  }

  private void arrive(int to, byte[] bytes) {
    Side side = side(to);
    try {
      view.wrap(bytes, 0, bytes.length);
    } catch (MalformedPacketException malformed) {
      return;
    }
    if (side.connection == null) {
      if (to != SERVER || !server.auth.verify(now, view)) {
        return;
      }
      server.connection =
          Connection.responder(
              serverConfig, null, 1 + random.nextInt(1 << 30), server.auth, server.ports());
    }
    side.connection.onPacket(now, view);
    pump(to);
  }

  /** Gives a side a packet as if it had come from the network. */
  void inject(Side side, byte[] bytes) {
    arrive(indexOf(side), bytes);
  }

  private void pump(int index) {
    Side side = side(index);
    if (side.autoRead && side.unread() > 0) {
      side.read = side.received;
      side.connection.onRead(now);
    }
    if (side.connection.nextDeadline() <= now) {
      side.connection.onTimer(now);
    }
    int packets = 0;
    while (side.connection.hasOutput(now)) {
      int emitted = side.connection.emit(now, output(index), 4);
      packets += emitted;
      if (packets > 400 || (emitted == 0 && side.connection.hasOutput(now))) {
        throw new AssertionError("livelock in emit: " + describe());
      }
    }
    check(side);
  }

  private void check(Side side) {
    Connection connection = side.connection;
    if (connection.nextDeadline() <= now) {
      throw new AssertionError("a timer at or before now: " + describe());
    }
    ConnectionStats stats = connection.stats();
    if (stats.inFlightPackets() > 124) {
      throw new AssertionError("window overrun: " + describe());
    }
    if (connection.isFinished() && side.closed == null) {
      throw new AssertionError("finished without a word: " + describe());
    }
  }

  private PacketOutput output(int index) {
    return new PacketOutput() {
      @Override
      public byte[] buffer() {
        return buffer;
      }

      @Override
      public void commit(int length, PacketKind kind, long lifetimeNanos) {
        transmit(index, Arrays.copyOf(buffer, length));
      }
    };
  }

  private void transmit(int from, byte[] bytes) {
    try {
      view.wrap(bytes, 0, bytes.length);
    } catch (MalformedPacketException malformed) {
      throw new AssertionError("writes a malformed packet", malformed);
    }
    boolean dropped = script.drops(from, sent[from]++, view) || random.nextDouble() < loss;
    if (tracing) {
      String arrow = from == CLIENT ? " > " : " < ";
      trace.add((now / MILLI) % 1_000_000 + arrow + (dropped ? "LOST " : "") + view);
    }
    if (dropped) {
      return;
    }
    send(1 - from, bytes);
    if (random.nextDouble() < duplicates) {
      send(1 - from, bytes);
    }
  }

  private void send(int to, byte[] bytes) {
    long wobble = jitter == 0 ? 0 : random.nextLong(2 * jitter + 1) - jitter;
    long wait = to == SERVER ? link.delayNanos(now, bytes.length) : 0;
    if (wait < 0) {
      return;
    }
    network.add(new Datagram(now + Math.max(0, latency + wobble) + wait, order++, to, bytes));
  }
}
