package io.i2pstreaming.endpoint;

import static io.i2pstreaming.endpoint.EndpointKit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.endpoint.Throttle.Outcome;
import io.i2pstreaming.identity.Hash;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A13 counts of a window")
class ThrottleTest {
  private static final long WINDOW = 60 * SECONDS;

  private final Throttle throttle = new Throttle(WINDOW);

  private static Hash peer(int number) {
    byte[] bytes = new byte[Hash.LENGTH];
    ByteBuffer.wrap(bytes).putInt(number);
    return Hash.wrap(bytes, 0);
  }

  private Outcome count(long now, int peer) {
    return throttle.count(now, peer(peer), 2, 0);
  }

  @Test
  void letsTheLimitPassAndClearsAtTheEndsOfFixedWindows() {
    for (long start : new long[] {7, 7 + WINDOW, 7 + 5 * WINDOW}) {
      assertThat(count(start, 1)).isEqualTo(Outcome.PASSED);
      assertThat(count(start + WINDOW - 1, 1)).isEqualTo(Outcome.PASSED);
      assertThat(count(start + WINDOW - 1, 1)).isEqualTo(Outcome.PEER_OVER);
    }
    assertThat(count(7 + 6 * WINDOW + 1, 1)).isEqualTo(Outcome.PASSED);
    assertThat(count(7 + 7 * WINDOW, 1))
        .as("not a window from its attempt")
        .isEqualTo(Outcome.PASSED);
    assertThat(count(7 + 7 * WINDOW, 1)).isEqualTo(Outcome.PASSED);
  }

  @Test
  void aPeerThatGoesOnTryingIsNotForgottenHoweverManyOthersCome() {
    for (int i = 0; i < 3; i++) {
      count(0, 0);
    }
    for (int other = 1; other <= 3 * Throttle.MAX_PEERS; other++) {
      assertThat(count(1, other)).isEqualTo(Outcome.PASSED);
      if (other % (Throttle.MAX_PEERS - 1) == 0) {
        assertThat(count(1, 0)).isEqualTo(Outcome.PEER_OVER);
      }
    }
  }

  @Test
  void onlySoManyPeersAreCountedAndTheQuietestIsForgotten() {
    for (int peer = 0; peer <= Throttle.MAX_PEERS; peer++) {
      count(0, peer);
      count(0, peer);
    }
    assertThat(count(0, 1)).isEqualTo(Outcome.PEER_OVER);
    assertThat(count(0, 0)).isEqualTo(Outcome.PASSED);
  }

  @Test
  void theLimitOfAllHoldsAgainstManyIdentities() {
    int passed = 0;
    for (int peer = 0; peer < 100; peer++) {
      passed += throttle.count(0, peer(peer), 2, 10) == Outcome.PASSED ? 1 : 0;
    }
    assertThat(passed).isEqualTo(10);
  }
}
