package io.i2pstreaming.connection;

/**
 * What went wrong with the packets in flight, and what was done about it. Means nothing once all of
 * them are acknowledged, so it exists only from the first loss or timeout until then. Serves {@link
 * LossRecovery}, which alone changes it.
 */
final class Setbacks {
  /** Of packets that nothing happened to. Nobody writes to it. */
  static final Setbacks NONE = new Setbacks();

  /** Packets that may leave again whatever the window says. */
  int forced;

  /** The number from which on a loss begins a new episode. */
  long recoveryEnd;

  int episodeLosses;
  int episodeNeedless;

  /** The number from which on acknowledgements measure the path again. */
  long samplesFrom;

  /** Since the latest progress. */
  int timeouts;

  /** Whether a probe has left since the latest progress. */
  boolean probed;

  /** Whether the latest episode began with a timeout. */
  boolean timedOut;
}
