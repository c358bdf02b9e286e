package io.i2pstreaming.connection;

/**
 * Where a connection stands and how it ends: closed by both sides, reset by either, or given up.
 * Tells the listener the end, once. Serves {@link Exchange} and {@link Emitter}; reads no packet
 * and writes none.
 */
final class Lifecycle {
  private static final long SECOND = 1_000_000_000L;

  /** How long we wait for the peer's CLOSE when the application has closed both ways. */
  private static final long LINGER_NANOS = 30 * SECOND;

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

  ConnectionListener listener() {
    return listener;
  }

  ConnectionState state() {
    return state;
  }

  boolean isOver() {
    return state == ConnectionState.TIME_WAIT || state == ConnectionState.CLOSED;
  }

  /**
   * Whether a bare acknowledgement may leave. Before our SYN-ACK is acknowledged, i2pd would take
   * one for the SYN-ACK.
   */
  boolean mayAcknowledge() {
    return state.isEstablished();
  }

  /** Whether the peer must be told by RESET that it is over. */
  boolean resetDue() {
    return reset;
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

  /** Ends it at once, without a word to the peer. */
  void end(CloseReason reason) {
    if (!isOver()) {
      letGo();
      move(ConnectionState.CLOSED);
      listener.closed(reason);
    }
  }

  /** Ends it with RESET, which is left to {@link TimeWait}. */
  void reset(long now, CloseReason reason) {
    if (!peerKnown || !auth.canSign(now)) {
      end(reason);
    } else if (!isOver()) {
      letGo();
      move(ConnectionState.TIME_WAIT);
      reset = true;
      listener.closed(reason);
    }
  }

  private void finish() {
    letGo();
    if (peerClosedFirst) {
      // Our CLOSE told the peer that its own had arrived, and is acknowledged: nothing is open.
      move(ConnectionState.CLOSED);
    } else {
      move(ConnectionState.TIME_WAIT);
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
      finish();
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
