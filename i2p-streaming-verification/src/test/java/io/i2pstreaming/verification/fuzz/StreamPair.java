package io.i2pstreaming.verification.fuzz;

import io.i2pstreaming.connection.CloseReason;
import io.i2pstreaming.connection.Connection;
import io.i2pstreaming.connection.ConnectionConfig;
import io.i2pstreaming.connection.PacketKind;
import io.i2pstreaming.connection.PacketOutput;
import io.i2pstreaming.wire.MalformedPacketException;
import io.i2pstreaming.wire.PacketFlags;
import io.i2pstreaming.wire.PacketView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Two connections in virtual time. Their packets lie in a heap until somebody delivers, drops,
 * doubles or alters one. The invariants are checked after every step.
 */
final class StreamPair {
  static final long MILLI = 1_000_000L;
  static final long SECOND = 1000 * MILLI;
  static final int SERVER_ID = 0x5e7e0001;
  static final int CLIENT_ID = 0x0c110001;

  /** More than this on the way: the oldest is lost. */
  private static final int MAX_ON_THE_WAY = 600;

  private static final int MAX_IN_FLIGHT = 124;
  private static final int MAX_PACKETS_AT_ONCE = 400;
  private static final int MAX_EVENTS = 200_000;
  private static final long HEALED_LATENCY = 50 * MILLI;

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Datagram(long sentAt, StreamSide to, byte[] bytes) {}

  final StreamSide client = new StreamSide(0);
  final StreamSide server = new StreamSide(1);
  long now = 1000 * SECOND;

  private final ConnectionConfig config;
  private final List<Datagram> onTheWay = new ArrayList<>();
  private final PacketView view = new PacketView();
  private final byte[] buffer = new byte[4096];

  StreamPair(ConnectionConfig config) {
    this.config = config;
    client.connection = Connection.initiator(config, null, CLIENT_ID, client.auth, client.ports());
    client.connection.open(now);
    pump(client);
  }

  int onTheWay() {
    return onTheWay.size();
  }

  void deliver(int index) {
    Datagram datagram = onTheWay.remove(index);
    arrive(datagram.to(), datagram.bytes());
  }

  void drop(int index) {
    onTheWay.remove(index);
  }

  /** Delivers a packet that stays on the way. */
  void duplicate(int index) {
    Datagram datagram = onTheWay.get(index);
    arrive(datagram.to(), datagram.bytes());
  }

  /** From now on bytes and ends may be an attacker's. */
  void corrupt(int index, int at, int change) {
    client.forged = true;
    server.forged = true;
    byte[] bytes = onTheWay.get(index).bytes();
    bytes[at % bytes.length] ^= (byte) change;
  }

  /** A packet of an attacker who knows the ids. */
  void forge(StreamSide to, byte[] bytes) {
    client.forged = true;
    server.forged = true;
    if (bytes.length >= 8) {
      i32(bytes, 0, to == client ? CLIENT_ID : SERVER_ID);
      i32(bytes, 4, to == client ? SERVER_ID : CLIENT_ID);
    }
    arrive(to, bytes);
  }

  private static void i32(byte[] bytes, int at, int value) {
    for (int i = 0; i < 4; i++) {
      bytes[at + i] = (byte) (value >>> (24 - 8 * i));
    }
  }

  private void arrive(StreamSide side, byte[] bytes) {
    try {
      view.wrap(bytes, 0, bytes.length);
    } catch (MalformedPacketException refused) {
      return;
    }
    if (side.connection == null) {
      boolean syn = view.has(PacketFlags.SYNCHRONIZE) && view.sendStreamId() == 0;
      if (side != server || !syn || view.fromLength() == 0 || !server.auth.verify(now, view)) {
        return;
      }
      server.connection =
          Connection.responder(config, null, SERVER_ID, server.auth, server.ports());
    }
    side.connection.onPacket(now, view);
    pump(side);
  }

  /** Lets a side's timers run out until {@code nanos} from now. */
  void advance(long nanos) {
    long end = now + nanos;
    for (int events = 0; deadline() <= end; events++) {
      require(events < MAX_EVENTS, "a timer storm");
      fireTimer();
    }
    now = end;
  }

  private void fireTimer() {
    StreamSide due = deadline(client) <= deadline(server) ? client : server;
    now = Math.max(now, deadline(due));
    due.connection.onTimer(now);
    pump(due);
  }

  /** When a timer runs out next. */
  long deadline() {
    return Math.min(deadline(client), deadline(server));
  }

  private static long deadline(StreamSide side) {
    return side.connection == null ? Connection.NEVER : side.connection.nextDeadline();
  }

  /** The network is good from now on; returns whether both sides came to an end in time. */
  boolean heal(long nanos) {
    long end = now + nanos;
    for (int events = 0; !over(client) || !over(server); events++) {
      require(events < MAX_EVENTS, "no end in sight");
      for (StreamSide side : List.of(client, server)) {
        if (side.unread() > 0) {
          side.read(side.unread());
          read(side);
        }
      }
      long arrival =
          onTheWay.isEmpty() ? Connection.NEVER : onTheWay.get(0).sentAt() + HEALED_LATENCY;
      if (Math.min(arrival, deadline()) > end) {
        return false;
      }
      if (arrival <= deadline()) {
        now = Math.max(now, arrival);
        deliver(0);
      } else {
        fireTimer();
      }
    }
    return true;
  }

  /** A side that was never reached has nothing to end. */
  private boolean over(StreamSide side) {
    if (side.connection == null) {
      return over(client) && onTheWay.isEmpty();
    }
    return side.connection.isFinished();
  }

  void written(StreamSide side) {
    if (side.connection != null) {
      side.connection.onWritten(now);
      pump(side);
    }
  }

  void read(StreamSide side) {
    if (side.connection != null) {
      side.connection.onRead(now);
      pump(side);
    }
  }

  void abort(StreamSide side) {
    if (side.connection != null) {
      side.connection.abort(now, CloseReason.RESET_LOCALLY);
      pump(side);
    }
  }

  void pump(StreamSide side) {
    Connection connection = side.connection;
    if (connection.nextDeadline() <= now) {
      connection.onTimer(now);
    }
    PacketOutput output = output(side);
    int packets = 0;
    while (connection.hasOutput(now)) {
      int emitted = connection.emit(now, output, 4);
      packets += emitted;
      require(emitted > 0 && packets <= MAX_PACKETS_AT_ONCE, "livelock in emit");
    }
    require(connection.nextDeadline() > now, "a timer at or before now");
    require(connection.stats().inFlightPackets() <= MAX_IN_FLIGHT, "window overrun");
    require(!connection.isFinished() || side.closed != null, "finished without a word");
    require(
        side.unread() <= config.receiveBudgetBytes() + PacketView.MAX_PAYLOAD, "budget overrun");
  }

  private PacketOutput output(StreamSide from) {
    return new PacketOutput() {
      @Override
      public byte[] buffer() {
        return buffer;
      }

      @Override
      public void commit(int length, PacketKind kind, long lifetimeNanos) {
        send(from, Arrays.copyOf(buffer, length));
      }
    };
  }

  private void send(StreamSide from, byte[] bytes) {
    try {
      view.wrap(bytes, 0, bytes.length);
    } catch (MalformedPacketException malformed) {
      throw new AssertionError("writes a malformed packet", malformed);
    }
    if (onTheWay.size() == MAX_ON_THE_WAY) {
      onTheWay.remove(0);
    }
    onTheWay.add(new Datagram(now, from == client ? server : client, bytes));
  }

  private void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what + ": " + this);
    }
  }

  @Override
  public String toString() {
    return "client " + client + "; server " + server + "; on the way " + onTheWay.size();
  }
}
