package io.i2pstreaming.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A7 choked by the peer")
class ChokeGateTest {
  private static final long MILLI = 1_000_000L;
  private static final long NOW = 5_000 * MILLI;

  private final ChokeGate gate = new ChokeGate();

  @Test
  void isOpenUntilChokedAndAgainAfterwards() {
    assertThat(gate.isOpen()).isTrue();
    assertThat(gate.hasCredit()).isFalse();
    gate.onSent();
    gate.choke(NOW, 200 * MILLI);
    gate.choke(NOW, 200 * MILLI);
    assertThat(gate.isChoked()).isTrue();
    assertThat(gate.isOpen()).isFalse();
    assertThat(gate.chokesReceived()).isEqualTo(1);
    gate.unchoke();
    assertThat(gate.isChoked()).isFalse();
    assertThat(gate.isOpen()).isTrue();
    assertThat(gate.hasCredit()).isFalse();
  }

  @Test
  void aProbePassesOnce() {
    gate.choke(NOW, 200 * MILLI);
    gate.grant();
    assertThat(gate.hasCredit()).isTrue();
    assertThat(gate.isOpen()).isTrue();
    gate.onSent();
    assertThat(gate.hasCredit()).isFalse();
    assertThat(gate.isOpen()).isFalse();
  }

  @Test
  void acknowledgementsLetOnePacketPassInEachRoundTrip() {
    gate.choke(NOW, 200 * MILLI);
    gate.onProgress(NOW + 99 * MILLI, 100 * MILLI);
    assertThat(gate.hasCredit()).isFalse();
    gate.onProgress(NOW + 100 * MILLI, 100 * MILLI);
    assertThat(gate.hasCredit()).isTrue();
    gate.onSent();
    gate.onProgress(NOW + 199 * MILLI, 100 * MILLI);
    assertThat(gate.hasCredit()).isFalse();
    gate.onProgress(NOW + 200 * MILLI, 100 * MILLI);
    assertThat(gate.hasCredit()).isTrue();
  }

  @Test
  void countsProbesSinceThePeerWasHeard() {
    gate.choke(NOW, 200 * MILLI);
    assertThat(gate.probe()).isEqualTo(1);
    assertThat(gate.probe()).isEqualTo(2);
    gate.onHeard();
    assertThat(gate.probe()).isEqualTo(1);
    gate.onProgress(NOW, 100 * MILLI);
    assertThat(gate.probe()).isEqualTo(1);
    gate.choke(NOW, 200 * MILLI);
    assertThat(gate.probe()).isEqualTo(1);
  }

  @Test
  void probesBecomeRarerUpToTenSeconds() {
    gate.choke(NOW, 20 * MILLI);
    assertThat(gate.nextProbeNanos()).isEqualTo(100 * MILLI);
    assertThat(gate.nextProbeNanos()).isEqualTo(150 * MILLI);
    assertThat(gate.nextProbeNanos()).isEqualTo(225 * MILLI);
    for (int i = 0; i < 20; i++) {
      gate.nextProbeNanos();
    }
    assertThat(gate.nextProbeNanos()).isEqualTo(10_000 * MILLI);
    gate.unchoke();
    gate.choke(NOW, 300 * MILLI);
    assertThat(gate.nextProbeNanos()).isEqualTo(300 * MILLI);
  }
}
