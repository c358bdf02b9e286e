package io.i2pstreaming.connection;

/** The congestion controls to choose from. */
public enum CongestionAlgorithm {
  /** Additive increase, multiplicative decrease, with slow start. */
  AIMD
}
