package io.i2pstreaming.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamManagerBuilder;
import io.i2pstreaming.embedded.EmbeddedRouter;
import io.i2pstreaming.endpoint.AccessList;
import io.i2pstreaming.endpoint.ConnectionLimits;
import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.identity.SigningKeyType;
import io.i2pstreaming.spring.I2PConfigurationException;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.StandardEnvironment;

@DisplayName("A12 A13 D1 access lists and limits under I2P's names")
@ExtendWith(OutputCaptureExtension.class)
class AdmissionTest {
  private static final String A = name();
  private static final String B = name();

  private static String name() {
    return DestinationKeys.generate(SigningKeyType.EDDSA_SHA512_ED25519, new SecureRandom())
        .destination()
        .base32();
  }

  private static StreamManager built(StandardEnvironment environment) {
    StreamManagerBuilder builder = StreamManager.builder().router(EmbeddedRouter.builder().build());
    PropertyScope scope = PropertyScope.of(environment);
    Admission.read(scope).apply(builder, scope, null);
    return builder.build();
  }

  private static StreamManager built(String yaml) {
    return built(Environments.of(yaml));
  }

  private static void assertRefused(String yaml, String... said) {
    assertThatExceptionOfType(I2PConfigurationException.class)
        .isThrownBy(() -> built(yaml))
        .satisfies(
            e ->
                assertThat(e.description() + e.action())
                    .contains(said)
                    .doesNotContain("secret", A.substring(0, 20)));
  }

  @Test
  void withoutPropertiesEverybodyMay() {
    assertThat(built("a: b").limits().asMap()).isEqualTo(ConnectionLimits.NONE.asMap());
    assertThat(built("a: b").accessList().mode()).isEqualTo(AccessList.Mode.OFF);
  }

  @Test
  void limitsHaveI2psNamesInEverySpelling() {
    String yaml =
        """
        i2p.streaming:
          maxConcurrentStreams: 7
          max-conns-per-minute: '1'
          maxConnsPerHour: -1
          MAX_CONNS_PER_DAY: 3
          maxTotalConnsPerMinute: 4
          maxTotalConnsPerHour: 5
          maxTotalConnsPerDay: 6
          limitAction: "Sorry, busy.\\n"
          disableRejectLogging: true
        """;
    assertThat(built(yaml).limits().asMap())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "maxConcurrentStreams", "7",
                "maxConnsPerMinute", "1",
                "maxConnsPerHour", "0",
                "maxConnsPerDay", "3",
                "maxTotalConnsPerMinute", "4",
                "maxTotalConnsPerHour", "5",
                "maxTotalConnsPerDay", "6",
                "limitAction", "Sorry, busy.\n",
                "disableRejectLogging", "true"));
    assertThat(
            built(Environments.of(yaml, Map.of("I2P_STREAMING_MAXCONNSPERDAY", "9")))
                .limits()
                .asMap())
        .containsEntry("maxConnsPerDay", "9");
  }

  @ParameterizedTest
  @CsvSource({
    "maxConcurrentStreams, some",
    "maxConnsPerHour, -5",
    "maxTotalConnsPerDay, 1s",
    "disableRejectLogging, perhaps"
  })
  void aWrongLimitNamesThePropertyAndWhatIsAllowed(String option, String value) {
    assertRefused(
        "i2p.streaming." + option + ": " + value,
        "i2p.streaming." + option,
        "application.yml",
        "'" + value + "'",
        "use ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{i2cp.accessList: '%1$s', i2cp.enableBlackList: true}",
        "{i2cp: {accessList: [%2$s, %1$s], enableBlackList: 'true'}}",
        "{i2cp.access-list: '%2$s;%1$s', i2cp.enable-black-list: TRUE, i2cp.enableAccessList: false}",
        "{i2p.session.options: {i2cp.accessList: '%2$s %1$s', i2cp.enableBlackList: true}}",
        "{i2p.session.options: {i2cp: {accessList: [%1$s, %2$s], enableBlackList: true}}}",
        "{i2p.session.options.i2cp.accessList: '%1$s', i2cp.enableBlackList: true}",
        "{i2p.session.options.i2cp.accessList: %1$s, i2cp.accessList: %1$s, i2cp.enableBlackList: true}"
      })
  void theAccessListMayStandByItselfOrAmongTheSessionOptions(String yaml) {
    AccessList list = built(yaml.formatted(A, B)).accessList();
    assertThat(list.mode()).isEqualTo(AccessList.Mode.DENY);
    assertThat(list.size()).isEqualTo(yaml.contains("%2$s") ? 2 : 1);
  }

  @Test
  void variablesSetTheAccessListToo() {
    for (String prefix : new String[] {"", "I2P_SESSION_OPTIONS_"}) {
      AccessList list =
          built(
                  Environments.of(
                      "a: b",
                      Map.of(
                          prefix + "I2CP_ACCESSLIST", A, prefix + "I2CP_ENABLEACCESSLIST", "true")))
              .accessList();
      assertThat(list.mode()).isEqualTo(AccessList.Mode.ALLOW);
      assertThat(list.size()).isEqualTo(1);
    }
  }

  @Test
  void whatCannotBeUsedEndsTheStartWithoutTellingAnEntry() {
    String list = "i2cp.accessList: '" + A + "'";
    assertRefused(
        "{i2cp.accessList: '" + A + " secret.i2p', i2cp.enableAccessList: true}",
        "i2cp.accessList",
        "entry 2",
        "host names are not looked up");
    assertRefused(
        "{" + list + ", i2cp.enableAccessList: true, i2cp.enableBlackList: true}", "both");
    assertRefused(
        "{" + list + ", i2cp.enableAccessList: maybe}", "i2cp.enableAccessList is neither");
    assertRefused("{i2cp.enableAccessList: true}", "i2cp.accessList has no entries");
    assertRefused(
        "{"
            + list
            + ", i2p.session.options.i2cp.accessList: '"
            + B
            + "', i2cp.enableBlackList: true}",
        "i2cp.accessList",
        "given twice",
        "i2p.session.options");
    assertRefused(
        "i2p.streaming.blacklist: '" + A + ", secret.i2p'",
        "i2p.streaming.blacklist",
        "application.yml",
        "entry 2");
  }

  @Test
  void optionsOfStreamsAmongTheSessionOptionsAreRefusedByName() {
    StreamManagerBuilder builder = StreamManager.builder().router(EmbeddedRouter.builder().build());
    PropertyScope scope =
        PropertyScope.of(Environments.of("i2p.session.options.i2p.streaming.maxConnsPerMinute: 1"));
    Admission.read(scope).apply(builder, scope, null);
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(builder::build)
        .withMessageContaining("property i2p.streaming.maxConnsPerMinute");
  }

  @Test
  void theBlacklistIsTaken() {
    StreamManager manager = built("i2p.streaming.blacklist: [" + A + ", " + B + "]");
    assertThat(manager.blacklist().mode()).isEqualTo(AccessList.Mode.DENY);
    assertThat(manager.blacklist().size()).isEqualTo(2);
    assertThat(manager.accessList().mode()).isEqualTo(AccessList.Mode.OFF);
  }

  @Test
  void whatIsAcceptedAndDoesNothingIsSaidWithoutTellingAnEntry(CapturedOutput output) {
    Admission.logWithoutEffect(
        PropertyScope.of(
            Environments.of("{i2p.streaming.dsalist: secret, i2cp.accessList: secret}")));
    assertThat(output)
        .contains("'i2p.streaming.dsalist' is accepted and changes nothing")
        .contains("'i2cp.accessList' has no effect, everybody may connect")
        .doesNotContain("secret");
  }

  @Test
  void nothingIsSaidAboutAListInUse(CapturedOutput output) {
    Admission.logWithoutEffect(
        PropertyScope.of(Environments.of("{i2cp.accessList: secret, i2cp.enableBlackList: true}")));
    // As messages quote it: another thread may log what it likes.
    assertThat(output.toString()).doesNotContain("'i2cp");
  }
}
