package io.i2pstreaming.test;

import io.i2pstreaming.embedded.NetworkStats;
import org.assertj.core.api.AbstractAssert;

/** Assertions about what a network did to messages since its start, all tests before included. */
public final class I2PTestNetworkAssert
    extends AbstractAssert<I2PTestNetworkAssert, I2PTestNetwork> {
  I2PTestNetworkAssert(I2PTestNetwork actual) {
    super(actual, I2PTestNetworkAssert.class);
  }

  /** A message vanished: without that, a test of losses shows nothing. */
  public I2PTestNetworkAssert hasLostMessages() {
    return did("lost", stats().lost());
  }

  /** A message arrived twice. */
  public I2PTestNetworkAssert hasDuplicatedMessages() {
    return did("duplicated", stats().duplicated());
  }

  /** Later messages overtook one that was held back; what jitter did is not counted. */
  public I2PTestNetworkAssert hasReorderedMessages() {
    return did("reordered", stats().reordered());
  }

  private NetworkStats stats() {
    isNotNull();
    return actual.stats();
  }

  private I2PTestNetworkAssert did(String what, long count) {
    if (count == 0) {
      failWithMessage("Expected the network to have %s messages, but: %s", what, actual.stats());
    }
    return this;
  }
}
