package io.i2pstreaming.verification.simulation;

import static io.i2pstreaming.verification.simulation.BrokenInvariant.require;

import io.i2pstreaming.buffer.ByteRing;
import io.i2pstreaming.connection.ByteSink;
import io.i2pstreaming.connection.ByteSource;
import io.i2pstreaming.connection.CloseReason;
import io.i2pstreaming.connection.Connection;
import io.i2pstreaming.connection.ConnectionListener;
import org.jspecify.annotations.Nullable;

/**
 * The application at one end of a stream, which follows its script and checks everything that it is
 * told: bytes are a prefix of what the other end wrote, the end comes after the last of them, and
 * nothing comes after the end.
 */
final class SimulatedStream implements ByteSource, ByteSink, ConnectionListener {
  private static final long NEVER = Long.MAX_VALUE;

  /** What may lie beyond the receive budget: the peer cannot know of it sooner. */
  private static final int WHOLE_WINDOW = 130 * 1812;

  private final Host host;
  private final AppScript script;
  private final Pattern outgoing;
  private final Pattern incoming;
  private final String name;
  private final ByteRing out;
  private final ByteRing in;
  private final int receiveBudget;
  private final byte[] scratch = new byte[65_536];

  private @Nullable SimulatedStream other;
  private @Nullable Connection connection;
  private long beganAt;
  private long nextWriteAt;
  private long nextReadAt = NEVER;
  private long lastReadAt = Long.MIN_VALUE / 2;
  private long abortAt = NEVER;
  private long hurriesAt = NEVER;
  private long flushed;
  private long delivered;
  private boolean finished;
  private boolean abandoned;
  private boolean sawEnd;
  private boolean connected;
  private @Nullable CloseReason closed;

  SimulatedStream(Host host, AppScript script, long streamKey, boolean initiator, String name) {
    this.host = host;
    this.script = script;
    this.name = name;
    outgoing = new Pattern(initiator ? streamKey : ~streamKey);
    incoming = new Pattern(initiator ? ~streamKey : streamKey);
    out = new ByteRing(script.sendRing());
    receiveBudget = host.config().receiveBudgetBytes();
    in = new ByteRing(receiveBudget + WHOLE_WINDOW);
  }

  void meets(SimulatedStream other) {
    this.other = other;
  }

  /** Its connection exists from now on; the script's clock starts. */
  void begin(long now, Connection connection) {
    this.connection = connection;
    beganAt = now;
    nextWriteAt = now;
    abortAt = script.abortAt() == NEVER ? NEVER : now + script.abortAt();
    hurriesAt = script.hurriesAt() == NEVER ? NEVER : now + script.hurriesAt();
  }

  @Nullable Connection connection() {
    return connection;
  }

  @Nullable CloseReason closeReason() {
    return closed;
  }

  long deliveredBytes() {
    return delivered;
  }

  long beganAt() {
    return beganAt;
  }

  /** When it wants to act next. */
  long nextAction() {
    if (connection == null || closed != null) {
      return NEVER;
    }
    return Math.min(Math.min(nextWriteAt, nextReadAt), Math.min(abortAt, hurriesAt));
  }

  /** Does what is due: one thing, so that every call is one event. */
  void act(long now) {
    Connection mine = connection;
    if (mine == null || closed != null) {
      return;
    }
    if (abortAt <= now) {
      abortAt = NEVER;
      host.note(now, name + " aborts");
      host.endpoint().abort(now, mine, CloseReason.RESET_LOCALLY);
    } else if (hurriesAt <= now) {
      hurriesAt = NEVER;
      host.note(now, name + " closes in a hurry");
      abandoned = true;
      end();
      host.endpoint().onWritten(now, mine);
      host.endpoint().onRead(now, mine);
    } else if (nextWriteAt <= now) {
      write(now);
      host.endpoint().onWritten(now, mine);
    } else if (nextReadAt <= now) {
      lastReadAt = now;
      in.take(scratch, 0, Math.min(script.readChunk(), in.size()));
      nextReadAt = in.size() == 0 ? NEVER : now + Math.max(1, script.readEvery());
      host.endpoint().onRead(now, mine);
    }
  }

  private void write(long now) {
    nextWriteAt = NEVER;
    do {
      int length = (int) Math.min(script.chunk(), script.bytes() - out.end());
      length = Math.min(length, out.free());
      outgoing.fill(out.end(), scratch, 0, length);
      out.append(scratch, 0, length);
      if (script.flushEach()) {
        flushed = out.end();
      }
    } while (script.writeEvery() == 0 && out.free() > 0 && out.end() < script.bytes());
    if (out.end() < script.bytes()) {
      // Otherwise full: writable() wakes it.
      nextWriteAt = out.free() > 0 ? now + script.writeEvery() : NEVER;
    } else if (sawEnd || !script.answersFirst()) {
      end();
    } else {
      flushed = out.end();
    }
  }

  private void end() {
    finished = true;
    flushed = out.end();
    nextWriteAt = NEVER;
  }

  // What the connection asks.

  @Override
  public long writtenThrough() {
    return out.end();
  }

  @Override
  public long flushedThrough() {
    return flushed;
  }

  @Override
  public boolean finished() {
    return finished;
  }

  @Override
  public void copy(long offset, byte[] target, int targetOffset, int length) {
    out.copy(offset, target, targetOffset, length);
  }

  @Override
  public void release(long offset) {
    SimulatedStream peer = other;
    require(
        offset == 0 || (peer != null && (offset <= peer.delivered || peer.abandoned)),
        () -> name + " released bytes that the peer does not have");
    out.release(offset);
  }

  @Override
  public void deliver(byte[] bytes, int offset, int length) {
    requireOpen("delivered bytes");
    require(!sawEnd, () -> name + " got bytes after the end of the stream");
    long wrong = incoming.firstDifference(delivered, bytes, offset, length);
    require(wrong < 0, () -> name + " got a wrong byte at offset " + wrong);
    delivered += length;
    host.mark(Mark.HALF_CLOSED_TRANSFER, finished);
    require(
        other != null && delivered <= other.out.end(), () -> name + " got more than was written");
    if (!abandoned) {
      require(length <= in.free(), () -> name + " holds more than its budget and a window");
      in.append(bytes, offset, length);
      require(
          in.size() <= receiveBudget + 2 * 1812,
          () -> name + " holds " + in.size() + " unread bytes with a budget of " + receiveBudget);
    }
  }

  @Override
  public void endOfStream() {
    requireOpen("ended its stream");
    require(!sawEnd, () -> name + " saw the end twice");
    require(
        other != null && other.finished && delivered == other.out.end(),
        () -> name + " saw the end before the last byte");
    sawEnd = true;
  }

  @Override
  public int unread() {
    return in.size();
  }

  @Override
  public boolean abandoned() {
    return abandoned;
  }

  // What the connection tells.

  @Override
  public void connected() {
    requireOpen("connected");
    require(!connected, () -> name + " connected twice");
    connected = true;
    host.note(host.now(), name + " connected");
  }

  @Override
  public void writable() {
    requireOpen("writable");
    if (!finished && out.end() < script.bytes() && nextWriteAt == NEVER) {
      nextWriteAt = host.now();
    }
  }

  @Override
  public void readable() {
    requireOpen("readable");
    long now = host.now();
    if (in.size() > 0 && !abandoned) {
      nextReadAt = Math.min(nextReadAt, Math.max(now, lastReadAt + script.readEvery()));
    }
    if (sawEnd && !finished && script.answersFirst() && out.end() == script.bytes()) {
      nextWriteAt = Math.min(nextWriteAt, now);
    }
  }

  @Override
  public void rttSample(long nanos, long rtoNanos, int windowPackets) {
    requireOpen("rtt sample");
    require(nanos >= 0, () -> name + " measured a negative round trip");
    require(rtoNanos > 0, () -> name + " would not wait for an acknowledgement");
    require(windowPackets > 0, () -> name + " may send nothing any more");
  }

  @Override
  public void closed(CloseReason reason) {
    requireOpen("closed");
    closed = reason;
    host.note(host.now(), name + " closed: " + reason);
    host.ended(reason);
    SimulatedStream peer = other;
    if (reason == CloseReason.PEER_GONE) {
      require(
          peer == null || peer.closed != null || !host.networkIsGoodAgain(),
          () -> name + " gave up a peer that is there, on a good network");
    }
    if (reason == CloseReason.CLEAN) {
      require(finished, () -> name + " ended cleanly while the application still writes");
      require(sawEnd || abandoned, () -> name + " ended cleanly without the peer's end");
      require(
          peer != null && (peer.delivered == out.end() || peer.abandoned),
          () -> name + " ended cleanly although bytes did not arrive");
    }
  }

  private void requireOpen(String what) {
    require(closed == null, () -> name + " was told '" + what + "' after its end");
  }
}
