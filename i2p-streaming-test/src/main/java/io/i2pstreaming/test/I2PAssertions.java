package io.i2pstreaming.test;

import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamManager;

/** Where AssertJ assertions about streams begin; stands beside AssertJ's own static imports. */
public final class I2PAssertions {
  private I2PAssertions() {}

  /** About a destination and its session. */
  public static StreamManagerAssert assertThat(StreamManager actual) {
    return new StreamManagerAssert(actual);
  }

  /** About what a network did to messages. */
  public static I2PTestNetworkAssert assertThat(I2PTestNetwork actual) {
    return new I2PTestNetworkAssert(actual);
  }

  /** About one stream. */
  public static I2PSocketAssert assertThat(I2PSocket actual) {
    return new I2PSocketAssert(actual);
  }
}
