package io.i2pstreaming.connection;

/**
 * Where a connection stands and how it ends: closed by both sides, reset by either, or given up.
 * Tells the listener the end, once. Serves {@link Connection} and {@link Emitter}; reads no packet
 * and writes none.
 */
final class Lifecycle {
  private static final long SECOND = 1_000_000_000L;

  /** How long we wait for the peer's CLOSE when the application has closed both ways. */
  private static final long LINGER_NANOS = 30 * SECOND;

  private static final long TIME_WAIT_NANOS = 60 * SECOND;
  private static final long RESET_WAIT_NANOS = 30 * SECOND;
  private static final long RESET_INTERVAL_NANOS = 10 * SECOND;

  /** Java counts in 63 bits and writes 32: numbers must never wrap. */
  private static final long LAST_SEQUENCE = 0xffff_fff0L;

  private final PacketAuth auth;
  private final ConnectionListener listener;
  private final TimerTable timers;
  private final SendHalf sender;
  private final ReceiveHalf receiver;

  private ConnectionState state = ConnectionState.NEW;
  private boolean peerKnown;
  private boolean peerClosedFirst;
  private boolean reset;
  private boolean resetDue;
  private long resetAt;

  Lifecycle(
      PacketAuth auth,
      ConnectionListener listener,
      TimerTable timers,
      SendHalf sender,
      ReceiveHalf receiver) {
    this.auth = auth;
    this.listener = listener;
    this.timers = timers;
    this.sender = sender;
    this.receiver = receiver;
  }

  ConnectionState state() {
    return state;
  }

  boolean isOver() {
    return state == ConnectionState.TIME_WAIT || state == ConnectionState.CLOSED;
  }

  /**
   * Whether a bare acknowledgement may leave. Before our SYN-ACK is acknowledged, i2pd would take
   * one for the SYN-ACK; after a reset there is nothing to acknowledge.
   */
  boolean mayAcknowledge() {
    return state.isEstablished() || (state == ConnectionState.TIME_WAIT && !reset);
  }

  boolean resetDue() {
    return resetDue;
  }

  void resetSent(long now) {
    resetDue = false;
    resetAt = now;
  }

  void dialing() {
    move(ConnectionState.SYN_SENT);
  }

  void answering() {
    move(ConnectionState.SYN_RECEIVED);
    peerKnown = true;
  }

  void answered() {
    move(ConnectionState.OPEN);
    timers.clear(Timer.CONNECT);
    peerKnown = true;
  }

  /** The peer's end of stream was delivered. */
  void peerEnded() {
    peerClosedFirst |= !sender.closeSent();
  }

  /** A numbered packet came although the stream is over: the peer does not know it yet. */
  void onLate(long now) {
    if (!reset) {
      receiver.acks().demand(now);
      timers.set(Timer.TIME_WAIT, now + TIME_WAIT_NANOS);
    } else if (now - resetAt >= RESET_INTERVAL_NANOS) {
      resetDue = true;
    }
  }

  /** Nobody needs us any more. */
  void forget() {
    if (state == ConnectionState.TIME_WAIT) {
      resetDue = false;
      move(ConnectionState.CLOSED);
    }
  }

  /** Ends it at once, without a word to the peer. */
  void end(CloseReason reason) {
    if (!isOver()) {
      letGo();
      move(ConnectionState.CLOSED);
      listener.closed(reason);
    }
  }

  /** Ends it with RESET, and stays to repeat that if the peer did not hear it. */
  void reset(long now, CloseReason reason) {
    if (!peerKnown || !auth.canSign(now)) {
      end(reason);
    } else if (!isOver()) {
      letGo();
      move(ConnectionState.TIME_WAIT);
      reset = true;
      resetDue = true;
      timers.set(Timer.TIME_WAIT, now + RESET_WAIT_NANOS);
      listener.closed(reason);
    }
  }

  private void finish(long now) {
    letGo();
    if (peerClosedFirst) {
      // Our CLOSE told the peer that its own had arrived, and is acknowledged: nothing is open.
      move(ConnectionState.CLOSED);
    } else {
      move(ConnectionState.TIME_WAIT);
      timers.set(Timer.TIME_WAIT, now + TIME_WAIT_NANOS);
    }
    listener.closed(CloseReason.CLEAN);
  }

  private void letGo() {
    timers.clearAll();
    sender.detach();
    receiver.detach();
  }

  /** Brings the state and the timers in line with what has happened. */
  void settle(long now) {
    if (state == ConnectionState.NEW || isOver()) {
      return;
    }
    if (sender.window().next() >= LAST_SEQUENCE) {
      reset(now, CloseReason.EXHAUSTED);
      return;
    }
    if (state == ConnectionState.SYN_RECEIVED && sender.window().lowest() > 0) {
      answered();
    }
    if (state.isEstablished()) {
      settleClose(now);
    }
    if (!isOver()) {
      sender.settle(now);
    }
  }

  private void settleClose(long now) {
    if (sender.closeAcknowledged() && receiver.ended()) {
      finish(now);
      return;
    }
    if (sender.closeSent()) {
      become(receiver.ended() ? ConnectionState.CLOSING : ConnectionState.CLOSE_SENT);
    } else if (receiver.ended()) {
      become(ConnectionState.CLOSE_RECEIVED);
    }
    if (sender.closeAcknowledged() && receiver.abandoned()) {
      timers.start(Timer.LINGER, now + LINGER_NANOS);
    }
  }

  private void become(ConnectionState next) {
    if (state != next) {
      move(next);
    }
  }

  private void move(ConnectionState next) {
    if (!state.mayBecome(next)) {
      throw new IllegalStateException(state + " to " + next);
    }
    state = next;
    if (next == ConnectionState.CLOSED) {
      timers.clearAll();
    }
  }
}
