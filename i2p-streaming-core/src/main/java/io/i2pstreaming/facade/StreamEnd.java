package io.i2pstreaming.facade;

import io.i2pstreaming.connection.CloseReason;
import io.i2pstreaming.connection.Connection;
import io.i2pstreaming.connection.ConnectionConfig;
import io.i2pstreaming.connection.ConnectionListener;
import io.i2pstreaming.connection.ConnectionStats;
import io.i2pstreaming.connection.StreamPorts;
import io.i2pstreaming.endpoint.PacketTap;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.loop.Resolution;
import io.i2pstreaming.loop.SessionLoop;
import io.i2pstreaming.loop.StreamHandle;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Our end of one stream: its two pipes, and whether it is being dialled, open or over. The socket
 * calls it from application threads; the connection tells it what happened, on the loop thread.
 * Never waits on the loop thread.
 */
public final class StreamEnd extends Waitable implements ConnectionListener, Resolution {
  /** Bytes that the application may be ahead of the peer's acknowledgements. */
  private static final int SEND_CAPACITY = 256 * 1024;

  private static final AtomicLong IDS = new AtomicLong();

  private enum Phase {
    /** Being dialled, or accepted; the handshake is not complete. */
    OPENING,
    /** The SYN waits for bytes to carry, so the application writes before there is an answer. */
    WRITABLE,
    OPEN,
    OVER
  }

  private final long id = IDS.incrementAndGet();
  private final Factory factory;
  private final ConnectionConfig config;
  private final boolean incoming;
  private final int localPort;
  private final int remotePort;
  private final StreamHandle handle;
  private final SendPipe send;
  private final ReceivePipe receive;
  private final long createdAtNanos;

  /** What is waited for. Guarded by {@code lock}, as are the next three fields. */
  private Phase phase = Phase.OPENING;

  private @Nullable StreamFailure failure;
  private boolean wasOpen;
  private @Nullable Runnable onChange;

  private volatile @Nullable Destination peer;

  /** Owned by the loop thread, as is the next field. */
  private boolean opened;

  private long openedAtNanos;

  private StreamEnd(
      Factory factory, ConnectionConfig config, boolean incoming, int localPort, int remotePort) {
    super(new ReentrantLock());
    this.factory = factory;
    this.config = config;
    this.incoming = incoming;
    this.localPort = localPort;
    this.remotePort = remotePort;
    this.handle = loop().newStream();
    this.createdAtNanos = loop().nanos();
    this.send = new SendPipe(lock, SEND_CAPACITY, handle);
    int budget = config.receiveBudgetBytes();
    this.receive = new ReceivePipe(lock, 2 * budget, Math.max(1, budget / 8), handle);
  }

  private SessionLoop loop() {
    return factory.loop;
  }

  /** What makes streams of one manager. */
  public record Factory(SessionLoop loop, StreamEvents events, StreamExceptions exceptions) {
    /** A stream that we are going to dial. */
    public StreamEnd outgoing(ConnectionConfig config, int localPort, int remotePort) {
      return new StreamEnd(this, config, false, localPort, remotePort);
    }

    /** A stream that a peer dialled. */
    StreamEnd incoming(ConnectionConfig config, Destination peer, int localPort, int remotePort) {
      StreamEnd end = new StreamEnd(this, config, true, localPort, remotePort);
      end.peer = peer;
      return end;
    }
  }

  /**
   * Begins to dial: waits for the session, finds the destination, waits for room, sends the SYN.
   *
   * @param onChange called once when it can be written or is over, on the loop thread or right here
   */
  public void dial(@Nullable Destination destination, String name, @Nullable Runnable onChange) {
    lock.lock();
    try {
      this.onChange = onChange;
    } finally {
      lock.unlock();
    }
    if (!loop().dial(destination, name, config.connectTimeoutNanos(), this)) {
      over(CloseReason.ROUTER_LOST, "too much waits for the router already, or it is closed");
    }
  }

  @Override
  public void resolved(long now, Destination destination) {
    if (abandoned()) {
      closed(CloseReason.RESET_LOCALLY);
      return;
    }
    peer = destination;
    Connection connection =
        loop()
            .endpoint()
            .connect(
                now, destination, localPort, remotePort, config, connectTimeoutNanos(now), ports());
    attach(connection);
    if (send.writtenThrough() > 0 || send.finished()) {
      handle.written();
    }
    if (config.connectDelayNanos() > 0) {
      Runnable told = changeTo(Phase.WRITABLE, null);
      if (told != null) {
        told.run();
      }
    }
  }

  /** The connect timeout counts from the dial, not from the SYN. */
  private long connectTimeoutNanos(long now) {
    long timeout = config.connectTimeoutNanos();
    return timeout == 0 ? 0 : Math.max(1, timeout - (now - createdAtNanos));
  }

  @Override
  public void unresolved(CloseReason reason, String detail) {
    over(reason, detail);
  }

  @Override
  public boolean abandoned() {
    return loop().abandoned(handle);
  }

  /** What the connection gets. */
  StreamPorts ports() {
    return new StreamPorts(send, receive, this);
  }

  /** The connection exists. Loop thread. */
  void attach(Connection connection) {
    handle.attach(connection);
  }

  /**
   * Waits for the handshake, or only for the destination when the SYN is to carry data; {@code
   * nanos} at most or, if that is 0, without limit.
   *
   * @return false when that did not come in time
   * @throws IOException why there is no stream; not when it was open and ended since
   */
  public boolean awaitOpen(long nanos) throws IOException {
    lock.lock();
    try {
      PipeWait wait = new PipeWait(nanos);
      while (phase == Phase.OPENING) {
        if (!await(wait)) {
          return false;
        }
      }
      if (failure != null && !wasOpen) {
        throw failure.exception();
      }
      return true;
    } catch (InterruptedIOException e) {
      reset();
      throw e;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void connected() {
    opened = true;
    openedAtNanos = loop().nanos();
    // First, as in over(): whoever learns of it by the stream finds it counted and listed.
    factory.events.opened(this);
    Runnable told = changeTo(Phase.OPEN, null);
    if (told != null) {
      told.run();
    }
  }

  @Override
  public void rttSample(long nanos, long rtoNanos, int windowPackets) {
    factory.events.rttSample(nanos, rtoNanos, windowPackets);
  }

  @Override
  public void closed(CloseReason reason) {
    handle.remember();
    over(reason, "");
  }

  private void over(CloseReason reason, String detail) {
    StreamFailure why = () -> factory.exceptions.exception(reason, detail);
    boolean clean = reason == CloseReason.CLEAN;
    if (opened) {
      factory.events.closed(this, reason, loop().nanos() - openedAtNanos);
    } else if (!incoming) {
      factory.events.connectFailed(this, reason, detail);
    }
    Runnable told = changeTo(Phase.OVER, clean ? null : why);
    // In this order: whoever learns of the end by reading must not be able to write any more.
    send.fail(why);
    if (clean) {
      receive.endOfStream();
    } else {
      receive.fail(why);
    }
    if (told != null) {
      told.run();
    }
  }

  private @Nullable Runnable changeTo(Phase next, @Nullable StreamFailure why) {
    lock.lock();
    try {
      if (phase != Phase.OVER) {
        phase = next;
        failure = why;
        wasOpen |= next == Phase.OPEN;
      }
      signalAll();
      Runnable told = onChange;
      onChange = null;
      return told;
    } finally {
      lock.unlock();
    }
  }

  /** Why it never opened, as a new exception; null if it did, or may still. */
  public @Nullable IOException openFailure() {
    lock.lock();
    try {
      return failure == null || wasOpen ? null : failure.exception();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The application is done: what it wrote is still sent, then CLOSE; what arrives has no reader. A
   * dial is given up. Does not wait.
   */
  public void close() {
    StreamFailure closed = () -> factory.exceptions.exception(CloseReason.CLEAN, "");
    receive.close(closed);
    send.finish(closed);
    if (!incoming && (giveUp(closed) || hasNothingToSay())) {
      handle.abort();
    }
  }

  /** Whether a SYN that waits for data will never get any. */
  private boolean hasNothingToSay() {
    lock.lock();
    try {
      return phase == Phase.WRITABLE && send.writtenThrough() == 0;
    } finally {
      lock.unlock();
    }
  }

  /** Ends a dial for whoever waits for it; false when it was open or over already. */
  private boolean giveUp(StreamFailure why) {
    lock.lock();
    try {
      if (phase != Phase.OPENING) {
        return false;
      }
      phase = Phase.OVER;
      failure = why;
      signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The application writes no more; it still reads. */
  public void shutdownOutput() {
    send.finish(() -> factory.exceptions.exception(CloseReason.CLEAN, "its output was shut down"));
  }

  /** Ends the stream at once: RESET to the peer, unsent and unread bytes are lost. */
  public void reset() {
    StreamFailure reset = () -> factory.exceptions.exception(CloseReason.RESET_LOCALLY, "");
    receive.close(reset);
    send.fail(reset);
    giveUp(reset);
    handle.abort();
  }

  /** How much silence is allowed from now on; 0 is any. */
  public void inactivityTimeout(long nanos) {
    handle.inactivityTimeout(nanos);
  }

  /** Shows the packets of this stream to {@code tap}; false when the loop takes no commands. */
  public boolean tap(PacketTap tap) {
    return loop().tap(tap, handle);
  }

  /** A number of this process. */
  public long id() {
    return id;
  }

  /** Whether the peer dialled. */
  public boolean incoming() {
    return incoming;
  }

  /** Our I2P port. */
  public int localPort() {
    return localPort;
  }

  /** The peer's I2P port. */
  public int remotePort() {
    return remotePort;
  }

  /** The peer; null while its name is being looked up. */
  public @Nullable Destination peer() {
    return peer;
  }

  /** Bytes out. */
  public SendPipe send() {
    return send;
  }

  /** Bytes in. */
  public ReceivePipe receive() {
    return receive;
  }

  /** Time since it was made. */
  public long ageNanos() {
    return loop().nanos() - createdAtNanos;
  }

  /** The connection's figures, or null before there is one. */
  public @Nullable ConnectionStats stats() {
    return handle.stats();
  }

  /** Whether it failed or ended; whoever learned of that from a pipe finds it true. */
  public boolean isOver() {
    lock.lock();
    try {
      return phase == Phase.OVER;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the application has written its last byte and the peer does not have all of it. */
  public boolean isDelivering() {
    ConnectionStats figures = stats();
    if (figures == null || !send.isFinished()) {
      return false;
    }
    return switch (figures.state()) {
      case NEW, SYN_SENT, SYN_RECEIVED, OPEN, CLOSE_RECEIVED -> true;
      case CLOSE_SENT, CLOSING -> figures.inFlightPackets() > 0;
      case TIME_WAIT, CLOSED -> false;
    };
  }
}
