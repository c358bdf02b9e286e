package io.i2pstreaming;

import java.util.Map;

/**
 * Workloads, {@code i2p.streaming.preset}: other defaults for several options at once. An option
 * that is set keeps its value.
 */
public enum StreamPreset {
  /** The usual defaults. */
  NONE,

  /** Short requests: they travel in the first packet, so dialling does not wait for the answer. */
  HTTP,

  /**
   * Large transfers: 451 KB may wait to be read before the peer is asked to stop, more patience.
   */
  BULK,

  /** Latency above all: interactive profile, shorter timeouts, tunnels of two hops. */
  REALTIME;

  /** The stream options that it changes, by official name. */
  Map<String, String> options() {
    return switch (this) {
      case NONE -> Map.of();
      case HTTP -> Map.of("connectDelay", "250", "initialWindowSize", "10");
      case BULK ->
          Map.of(
              "initialWindowSize", "10",
              "maxWindowSize", "255",
              "connectTimeout", "120000",
              "inactivityTimeout", "300000",
              "maxResends", "16");
      case REALTIME ->
          Map.of("profile", "interactive", "initialRTO", "1500", "connectTimeout", "30000");
    };
  }

  /** What it asks of the router unless the session options say otherwise. */
  public Map<String, String> sessionOptions() {
    return this == REALTIME ? Map.of("inbound.length", "2", "outbound.length", "2") : Map.of();
  }
}
