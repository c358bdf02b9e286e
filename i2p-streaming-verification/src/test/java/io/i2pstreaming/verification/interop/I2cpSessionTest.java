package io.i2pstreaming.verification.interop;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.identity.SigningKeyType;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

/** Bare I2CP sessions, without streams, on real routers. */
@Tag("interop")
@DisplayName("B2 I2CP sessions on a Java router and on i2pd")
@Timeout(value = 20, unit = java.util.concurrent.TimeUnit.MINUTES)
class I2cpSessionTest {
  private static final Map<String, String> LEGACY =
      Map.of("i2cp.leaseSetType", "1", "i2cp.leaseSetEncType", "0");

  @Test
  void javaRouterCarriesPayloadsBetweenOurSessions() throws Exception {
    try (JavaRouterProcess router = JavaRouterProcess.started();
        DrivenClient alice = new DrivenClient(router.port, ed25519(), Map.of());
        DrivenClient bob = new DrivenClient(router.port, p256(), Map.of())) {
      exchange(alice, bob);
      assertThat(alice.client.routerVersion()).isEqualTo("0.9.64");
      unknownNameIsNotFound(alice);
      assertThat(alice.reconfigure()).isTrue();
      exchange(alice, bob);
      try (DrivenClient offline = new DrivenClient(router.port, offlineKeys(), Map.of())) {
        exchange(offline, alice);
      }
      try (DrivenClient legacy = new DrivenClient(router.port, ed25519(), LEGACY)) {
        assertThat(legacy.await(() -> legacy.up)).as(legacy.down).isTrue();
      }
      Map<String, String> hybrid = Map.of("i2cp.leaseSetEncType", "6,4");
      try (DrivenClient tooNew = new DrivenClient(router.port, ed25519(), hybrid)) {
        assertThat(tooNew.await(() -> !tooNew.down.isEmpty())).isTrue();
        assertThat(tooNew.down)
            .startsWith("i2cp.leaseSetEncType=6,4 needs a router of I2CP version 0.9.67")
            .contains("0.9.64");
        assertThat(tooNew.retryable).isFalse();
      }
      try (DrivenClient twin = new DrivenClient(router.port, alice.keys, Map.of())) {
        assertThat(twin.await(() -> !twin.down.isEmpty())).isTrue();
        assertThat(twin.down).startsWith("Another client of the router uses this destination");
        assertThat(twin.retryable).isTrue();
      }
      router.kill();
      assertThat(alice.await(() -> !alice.down.isEmpty())).isTrue();
      assertThat(alice.down).startsWith("The connection to the router ended");
      assertThat(alice.retryable).isTrue();
    }
  }

  @Test
  void i2pdCarriesPayloadsBetweenOurSessionsWithOldLeaseSets() throws Exception {
    DestinationKeys keys = ed25519();
    try (I2pdProcess router = I2pdProcess.started(List.of(), "", List.of());
        DrivenClient alice = new DrivenClient(router.port, keys, LEGACY);
        DrivenClient bob = new DrivenClient(router.port, ed25519(), LEGACY)) {
      exchange(alice, bob);
      alice.client.lookup(System.nanoTime(), 8, bob.keys.destination().hash(), SECONDS.toNanos(60));
      assertThat(alice.await(() -> !alice.lookups.isEmpty())).isTrue();
      assertThat(alice.lookups).containsExactly("8 " + bob.keys.destination().base32());
      alice.lookups.clear();
      unknownNameIsNotFound(alice);
      try (DrivenClient current = new DrivenClient(router.port, ed25519(), Map.of())) {
        assertThat(current.await(() -> current.up)).as(current.down).isTrue();
      }
      try (DrivenClient twin = new DrivenClient(router.port, keys, LEGACY)) {
        assertThat(twin.await(() -> !twin.down.isEmpty())).isTrue();
        assertThat(twin.down).contains("another client uses this destination");
        assertThat(twin.retryable).isTrue();
      }
      try (DrivenClient offline = new DrivenClient(router.port, offlineKeys(), Map.of())) {
        assertThat(offline.await(() -> !offline.down.isEmpty() || offline.up)).isTrue();
        assertThat(offline.up).isFalse();
        assertThat(offline.down).contains("offline signature");
        assertThat(offline.retryable).isFalse();
      }
    }
  }

  private static void exchange(DrivenClient left, DrivenClient right) throws Exception {
    for (DrivenClient client : new DrivenClient[] {left, right}) {
      assertThat(client.await(() -> client.up || !client.down.isEmpty())).isTrue();
      assertThat(client.up).as(client.down).isTrue();
    }
    handOver(left, right);
    handOver(right, left);
  }

  /** Messages may be lost while lease sets spread: the same is sent until it arrives. */
  private static void handOver(DrivenClient from, DrivenClient to) throws Exception {
    String text = "hello ".repeat(40);
    from.deliveries.clear();
    to.payloads.clear();
    for (int attempt = 1; attempt <= 20 && to.payloads.isEmpty(); attempt++) {
      int nonce = attempt;
      assertThat(from.send(to.keys.destination(), text, nonce)).isTrue();
      long start = System.nanoTime();
      to.await(() -> !to.payloads.isEmpty() || System.nanoTime() - start > SECONDS.toNanos(3));
      from.await(
          () -> !from.deliveries.isEmpty() || System.nanoTime() - start > SECONDS.toNanos(4));
    }
    assertThat(to.payloads).as(from.deliveries.toString()).isNotEmpty();
    assertThat(to.payloads.get(0)).isEqualTo("18 5 7 " + text);
  }

  private static void unknownNameIsNotFound(DrivenClient client) throws Exception {
    client.client.lookup(System.nanoTime(), 9, "no-such-name.i2p", SECONDS.toNanos(15));
    assertThat(client.await(() -> !client.lookups.isEmpty())).isTrue();
    assertThat(client.lookups).containsExactly("9 nothing");
    assertThat(client.client.outstandingLookups()).isZero();
  }

  private static DestinationKeys ed25519() {
    return DestinationKeys.generate(SigningKeyType.EDDSA_SHA512_ED25519, new SecureRandom());
  }

  private static DestinationKeys p256() {
    return DestinationKeys.generate(SigningKeyType.ECDSA_SHA256_P256, new SecureRandom());
  }

  static DestinationKeys offlineKeys() throws IOException {
    try (InputStream in =
        I2cpSessionTest.class.getResourceAsStream("/vectors/private_key_file.json")) {
      String hex = JsonMapper.shared().readTree(in).get("offline").asString();
      return DestinationKeys.parse(HexFormat.of().parseHex(hex));
    }
  }
}
