package io.i2pstreaming.connection;

/**
 * What to do with a connection on which nothing moves: nothing, end it, or send an empty numbered
 * packet that the peer must acknowledge. Serves {@link Connection}.
 */
final class Inactivity {
  private static final long MAX_JITTER_NANOS = 10_000_000_000L;

  /** Ten seconds of the usual ninety, and less of less. */
  private static final int JITTER_PART = 9;

  private final ConnectionConfig config;
  private final int streamId;
  private final TimerTable timers;
  private long timeoutNanos;

  /** When something moved last; {@link Connection#NEVER} before it begins to watch. */
  private long activeAt = Connection.NEVER;

  /**
   * Watches one connection.
   *
   * @param streamId random, so it serves to keep many connections from waking together
   */
  Inactivity(ConnectionConfig config, int streamId, TimerTable timers) {
    this.config = config;
    this.streamId = streamId;
    this.timers = timers;
    timeoutNanos = config.inactivityTimeoutNanos();
  }

  private boolean isWatching() {
    return activeAt != Connection.NEVER;
  }

  private InactivityAction action() {
    return timeoutNanos > 0 ? config.inactivityAction() : InactivityAction.NONE;
  }

  private long periodNanos() {
    long spread = Integer.toUnsignedLong(streamId * 0x9e3779b1);
    long jitter = Math.min(MAX_JITTER_NANOS, timeoutNanos / JITTER_PART);
    // In two steps: 32 bits of spread and 34 of jitter do not fit into one product.
    return timeoutNanos + ((spread * (jitter >>> 16)) >>> 16);
  }

  /** From now on so much silence is allowed; 0 is any. */
  void timeout(long nanos) {
    timeoutNanos = nanos;
    if (isWatching()) {
      setTimer();
    }
  }

  /** The peer is known: begins to watch. */
  void start(long now) {
    activeAt = now;
    setTimer();
  }

  private void setTimer() {
    if (action() == InactivityAction.NONE) {
      timers.clear(Timer.INACTIVITY);
    } else {
      timers.set(Timer.INACTIVITY, activeAt + periodNanos());
    }
  }

  /** Something was sent or received. */
  void moved(long now) {
    if (isWatching()) {
      activeAt = now;
    }
  }

  void onTimer(long now, SendHalf sender, ReceiveHalf receiver, Lifecycle life) {
    long quiet = now - activeAt;
    // Behind a CLOSE no numbered packet can ask the peer: it gets more time instead.
    boolean halfClosed = sender.closeSent() || receiver.ended();
    long limit = periodNanos() + (halfClosed ? timeoutNanos : 0);
    if (quiet < periodNanos()) {
      timers.set(Timer.INACTIVITY, activeAt + periodNanos());
    } else if (!sender.window().isEmpty()) {
      timers.set(Timer.INACTIVITY, now + periodNanos());
    } else if (action() == InactivityAction.SEND && !sender.closeSent()) {
      sender.keepAlive();
      timers.set(Timer.INACTIVITY, now + periodNanos());
    } else if (quiet < limit) {
      timers.set(Timer.INACTIVITY, activeAt + limit);
    } else {
      life.reset(now, CloseReason.INACTIVE);
    }
  }
}
