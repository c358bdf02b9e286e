package io.i2pstreaming.autoconfigure.metrics;

import io.micrometer.common.docs.KeyName;

/** The tags of our meters. Each has a handful of values; none says anything about a peer. */
public enum I2PMeterKey implements KeyName {
  /** The stream manager's name; every meter has it. */
  MANAGER("manager"),
  /**
   * {@code incoming} or {@code outgoing} of streams, {@code in} or {@code out} of their content.
   */
  DIRECTION("direction"),
  /** How it ended. */
  OUTCOME("outcome"),
  /** Why it was refused or not used. */
  REASON("reason"),
  /** Why it was sent again. */
  CAUSE("cause"),
  /** What kind of packet. */
  TYPE("type"),
  /** What kind of bytes. */
  KIND("kind"),
  /** The listener's id. */
  LISTENER("i2p.listener.id");

  private final String text;

  I2PMeterKey(String text) {
    this.text = text;
  }

  @Override
  public String asString() {
    return text;
  }
}
