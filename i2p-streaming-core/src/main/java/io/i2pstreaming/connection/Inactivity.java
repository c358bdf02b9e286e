package io.i2pstreaming.connection;

/**
 * What to do with a connection on which nothing moves: nothing, end it, or send an empty numbered
 * packet that the peer must acknowledge. Serves {@link Connection}.
 */
final class Inactivity {
  private static final long JITTER_NANOS = 10_000_000_000L;

  private final InactivityAction action;
  private final long timeoutNanos;
  private final long periodNanos;
  private final TimerTable timers;
  private final SendHalf sender;
  private final ReceiveHalf receiver;
  private final Lifecycle life;
  private long activeAt;

  /**
   * Watches one connection.
   *
   * @param streamId random, so it serves to keep many connections from waking together
   */
  Inactivity(
      ConnectionConfig config,
      int streamId,
      TimerTable timers,
      SendHalf sender,
      ReceiveHalf receiver,
      Lifecycle life) {
    this.timers = timers;
    this.sender = sender;
    this.receiver = receiver;
    this.life = life;
    timeoutNanos = config.inactivityTimeoutNanos();
    action = timeoutNanos > 0 ? config.inactivityAction() : InactivityAction.NONE;
    long spread = Integer.toUnsignedLong(streamId * 0x9e3779b1);
    periodNanos = timeoutNanos + ((spread * JITTER_NANOS) >>> 32);
  }

  /** The peer is known: begins to watch. */
  void start(long now) {
    activeAt = now;
    if (action != InactivityAction.NONE) {
      timers.set(Timer.INACTIVITY, now + periodNanos);
    }
  }

  /** Something was sent or received. */
  void moved(long now) {
    activeAt = now;
  }

  void onTimer(long now) {
    long quiet = now - activeAt;
    // Behind a CLOSE no numbered packet can ask the peer: it gets more time instead.
    boolean halfClosed = sender.closeSent() || receiver.ended();
    long limit = periodNanos + (halfClosed ? timeoutNanos : 0);
    if (quiet < periodNanos) {
      timers.set(Timer.INACTIVITY, activeAt + periodNanos);
    } else if (!sender.window().isEmpty()) {
      timers.set(Timer.INACTIVITY, now + periodNanos);
    } else if (action == InactivityAction.SEND && !sender.closeSent()) {
      sender.keepAlive();
      timers.set(Timer.INACTIVITY, now + periodNanos);
    } else if (quiet < limit) {
      timers.set(Timer.INACTIVITY, activeAt + limit);
    } else {
      life.reset(now, CloseReason.INACTIVE);
    }
  }
}
