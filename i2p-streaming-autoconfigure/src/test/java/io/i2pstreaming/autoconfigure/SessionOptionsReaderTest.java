package io.i2pstreaming.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.StandardEnvironment;

@DisplayName("D1 session options")
class SessionOptionsReaderTest {
  @Test
  void keepsNamesAndValuesAsTheyAreWritten() {
    String yaml =
        """
        i2p.session.options.inbound.length: 0
        i2p:
          session:
            options:
              outbound.length: "1"
              inbound:
                allowZeroHop: true
                IPRestriction: 2
              i2cp.leaseSetEncType: 4,0
              "[_sip._tcp]": under_scores and / slashes
        """;
    assertThat(read(Environments.of(yaml)))
        .containsOnly(
            Map.entry("inbound.length", "0"),
            Map.entry("outbound.length", "1"),
            Map.entry("inbound.allowZeroHop", "true"),
            Map.entry("inbound.IPRestriction", "2"),
            Map.entry("i2cp.leaseSetEncType", "4,0"),
            Map.entry("_sip._tcp", "under_scores and / slashes"));
  }

  @Test
  void environmentVariableOverridesTheOptionInTheFileAndAddsNoLowerCaseDuplicate() {
    String yaml = "i2p.session.options: {i2cp.someNewOption: file, inbound.length: 3}";
    assertThat(
            read(
                Environments.of(
                    yaml,
                    Map.of(
                        "I2P_SESSION_OPTIONS_I2CP_SOMENEWOPTION", "variable",
                        "I2P_SESSION_OPTIONS_INBOUND_LENGTH", "0"))))
        .containsOnly(
            Map.entry("i2cp.someNewOption", "variable"), Map.entry("inbound.length", "0"));
  }

  @Test
  void environmentVariableAloneGetsTheSpellingOfI2p() {
    assertThat(
            read(
                Environments.of(
                    "a: b",
                    Map.of(
                        "I2P_SESSION_OPTIONS_I2CP_LEASESETENCTYPE", "4",
                        "I2P_SESSION_OPTIONS_OUTBOUND_BACKUPQUANTITY", "1",
                        "I2P_SESSION_OPTIONS_INBOUND_NICKNAME", "shop"))))
        .containsOnly(
            Map.entry("i2cp.leaseSetEncType", "4"),
            Map.entry("outbound.backupQuantity", "1"),
            Map.entry("inbound.nickname", "shop"));
  }

  @Test
  void systemPropertyOverridesTheFileAndPlaceholdersResolve() {
    assertThat(
            read(
                Environments.of(
                    "{hops: 2, i2p.session.options: {inbound.length: 3, outbound.length: '${hops}'}}",
                    Map.of(),
                    Map.of("i2p.session.options.inbound.length", "1"))))
        .containsOnly(Map.entry("inbound.length", "1"), Map.entry("outbound.length", "2"));
  }

  @Test
  void otherPropertiesAreNoOptions() {
    assertThat(
            read(
                Environments.of(
                    "{i2p.session.optionsx: 1, i2p.router.port: 7654}",
                    Map.of("I2P_SESSION_OPTIONS", "x", "I2P_HOME", "/opt/i2p"))))
        .isEmpty();
  }

  private static Map<String, String> read(StandardEnvironment environment) {
    return SessionOptionsReader.read(PropertyScope.of(environment));
  }
}
