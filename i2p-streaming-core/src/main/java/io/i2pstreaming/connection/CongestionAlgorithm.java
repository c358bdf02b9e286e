package io.i2pstreaming.connection;

/** The congestion controls to choose from. */
public enum CongestionAlgorithm {
  /** Slows down when packets begin to queue up; a loss alone is not congestion. */
  DELAY,
  /** Additive increase, multiplicative decrease, with slow start. */
  AIMD
}
