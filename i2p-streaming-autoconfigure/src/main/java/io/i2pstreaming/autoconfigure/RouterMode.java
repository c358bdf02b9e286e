package io.i2pstreaming.autoconfigure;

import io.i2pstreaming.spring.I2PConfigurationException;

/** Which router is used. There is no fallback from one to the other. */
public enum RouterMode {
  /** A router that runs elsewhere, reached over I2CP. */
  EXTERNAL,
  /** The router inside this process, which gives no anonymity. */
  EMBEDDED;

  /**
   * Reads {@code external} or {@code embedded}. The property is bound as text and read here,
   * because Spring would take the number 1 for the second constant.
   */
  static RouterMode parse(PropertyScope scope, String text) {
    for (RouterMode mode : values()) {
      if (mode.name().equalsIgnoreCase(text.trim())) {
        return mode;
      }
    }
    throw new I2PConfigurationException(
        "The property '" + scope.written("i2p.router.mode") + "' is '" + text + "'.",
        "Write external for a router that runs elsewhere, or embedded for the one in this process.");
  }
}
