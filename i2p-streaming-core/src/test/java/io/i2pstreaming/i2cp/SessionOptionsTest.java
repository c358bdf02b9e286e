package io.i2pstreaming.i2cp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("B1 session options")
class SessionOptionsTest {
  @Test
  void tunnelOptionsPassAsWritten() {
    Map<String, String> options =
        Map.of(
            "inbound.length", "0",
            "outbound.nickname", "Grüße",
            "i2cp.someFutureOption", "x",
            "explicitPeers", "p");
    assertThat(SessionOptions.forRouter(options)).isEqualTo(options);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "i2cp.accessList",
        "i2cp.enableAccessList",
        "i2cp.enableBlackList",
        "i2cp.gzip",
        "i2cp.tcp.host",
        "i2cp.destination.sigType",
        "somethingElse"
      })
  void clientSideOptionsNeverReachTheRouter(String name) {
    assertThat(SessionOptions.forRouter(Map.of(name, "secret"))).isEmpty();
    assertThat(SessionOptions.readerOf(name)).isNotEqualTo(SessionOptions.Reader.ROUTER);
  }

  @ParameterizedTest
  @CsvSource({
    "i2cp.leaseSetPrivateKey, AAAA",
    "i2cp.leaseSetSigningPrivateKey, AAAA",
    "i2cp.leaseSetPrivKey, AAAA",
    "i2cp.leaseSetSecret, AAAA",
    "i2cp.leaseSetAuthType, 2",
    "i2cp.leaseSetClient.psk.0, a:b",
    "i2cp.leaseSetOption.0, _smtp._tcp=x",
    "i2cp.leaseSetOfflineSignature, AAAA",
    "i2cp.encryptLeaseSet, true",
    "i2cp.SSL, true",
    "i2cp.closeOnIdle, true",
    "i2cp.reduceOnIdle, true",
    "i2cp.fastReceive, false",
    "i2p.streaming.blacklist, secret",
    "i2p.streaming.profile, 1",
    "i2p.streaming.maxWindowSize, 128",
    "i2p.streaming.maxConnsPerMinute, 1",
    "i2cp.leaseSetType, 5",
    "i2cp.leaseSetType, 7",
    "i2cp.leaseSetEncType, 3",
    "i2cp.leaseSetEncType, 8",
    "i2cp.leaseSetEncType, '4,0'",
    "i2cp.leaseSetEncType, '0,4'",
    "i2cp.leaseSetEncType, '6,6'",
    "i2cp.leaseSetEncType, '6, 4'",
    "i2cp.leaseSetEncType, '6,'",
    "i2cp.leaseSetEncType, ECIES_X25519"
  })
  void whatThisClientDoesNotDoIsRefusedByName(String name, String value) {
    assertThatThrownBy(() -> SessionOptions.forRouter(Map.of(name, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name)
        .hasMessageNotContaining("secret")
        .hasMessageEndingWith(".");
  }

  @Test
  void switchesThatSayNoAreDropped() {
    assertThat(
            SessionOptions.forRouter(
                Map.of(
                    "i2cp.SSL", "false",
                    "i2cp.closeOnIdle", "False",
                    "i2cp.leaseSetAuthType", "0",
                    "i2cp.dontPublishLeaseSet", "false")))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, , true", "1, 0, true", ", 0, true", "3, 4, false", "3, , false", ", 4, false"})
  void leaseSetKindFollowsFromTypeOrEncryption(String type, String encryption, boolean legacy) {
    SessionConfig config = SessionOptions.sessionConfig(leaseSet(type, encryption));
    assertThat(config.legacyLeaseSet()).isEqualTo(legacy);
    assertThat(SessionOptions.withRequired(config))
        .containsEntry("i2cp.leaseSetType", legacy ? "1" : "3")
        .containsEntry("i2cp.leaseSetEncType", legacy ? "0" : "4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"4", "5", "6", "7", "6,4", "4,6", "7,6,5,4"})
  void encryptionTypesOfLeaseSet2AreTakenInAnyOrder(String types) {
    SessionConfig config = SessionOptions.sessionConfig(leaseSet(null, types));
    assertThat(config.legacyLeaseSet()).isFalse();
    assertThat(SessionOptions.withRequired(config)).containsEntry("i2cp.leaseSetEncType", types);
  }

  @ParameterizedTest
  @CsvSource({"1, 4", "3, 0", "1, '6,4'"})
  void contradictionsAreRefused(String type, String encryption) {
    assertThatThrownBy(() -> SessionOptions.sessionConfig(leaseSet(type, encryption)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("do not go together");
  }

  @Test
  void namesInOtherCaseAreTheOfficialOnes() {
    assertThat(SessionOptions.forRouter(Map.of("INBOUND.lengthvariance", "1")))
        .isEqualTo(Map.of("inbound.lengthVariance", "1"));
    Map<String, String> twice = new HashMap<>();
    twice.put("i2cp.messageReliability", "none");
    twice.put("i2cp.messagereliability", "none");
    assertThat(SessionOptions.forRouter(twice)).hasSize(1);
    twice.put("i2cp.messagereliability", "BestEffort");
    assertThatThrownBy(() -> SessionOptions.forRouter(twice))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("given twice");
  }

  private static Map<String, String> leaseSet(String type, String encryption) {
    Map<String, String> options = new HashMap<>();
    if (type != null) {
      options.put("i2cp.leaseSetType", type);
    }
    if (encryption != null) {
      options.put("i2cp.leaseSetEncType", encryption);
    }
    return options;
  }
}
