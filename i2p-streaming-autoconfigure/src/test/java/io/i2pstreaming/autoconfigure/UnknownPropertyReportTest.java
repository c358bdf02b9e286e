package io.i2pstreaming.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("D1 unknown properties")
class UnknownPropertyReportTest {
  @Test
  void suggestsTheNearestProperty() {
    assertThat(
            UnknownPropertyReport.find(
                Environments.of("{i2p.router.hots: h, i2p.streaming.maxWindwSize: 5}")))
        .hasSize(2)
        .anySatisfy(
            text ->
                assertThat(text)
                    .contains("'i2p.router.hots'", "application.yml", "'i2p.router.host'"))
        .anySatisfy(text -> assertThat(text).contains("'i2p.streaming.maxWindowSize'"));
  }

  @Test
  void saysWhichOfI2psOptionsAreNotObeyedWithoutShowingTheirValues() {
    assertThat(
            UnknownPropertyReport.find(
                Environments.of(
                    "{i2p.streaming.initialReceiveWindow: 1, i2p.streaming.bufferSize: secret}",
                    Map.of("I2P_STREAMING_INITIALRTT", "3"))))
        .hasSize(3)
        .allSatisfy(text -> assertThat(text).contains("no effect").doesNotContain("secret"))
        .anySatisfy(
            text -> assertThat(text).contains("does not obey I2P's option initialReceiveWindow"))
        .anySatisfy(text -> assertThat(text).contains("option initialRTT"));
  }

  @Test
  void isSilentAboutWhatIsRead() {
    String yaml =
        """
        i2p:
          router:
            mode: embedded
            host: localhost
            port: 7654
            embedded:
              port: 0
              network: {latency: 1ms, jitter: 1ms, loss: 0, duplicate: 0, reorder: 0, bandwidth: 1MB, seed: 1}
          destination.key-file: my.dat
          session.options: {anything.atAll: 1}
          streaming:
            maxWindowSize: 5
            initial-rto: 3s
            max-conns-per-minute: 5
            limitAction: http
            blacklist: [a, b]
            dsalist: c
        i2cp: {accessList: [a, b], enableBlackList: true, enable-access-list: false}
        """;
    assertThat(
            UnknownPropertyReport.find(
                Environments.of(
                    yaml,
                    Map.of(
                        "I2P_ROUTER_HOST", "h",
                        "I2P_DESTINATION_KEYFILE", "f",
                        "I2P_STREAMING_MAX_WINDOW_SIZE", "9",
                        "I2P_SESSION_OPTIONS_INBOUND_LENGTH", "0"))))
        .isEmpty();
  }

  @Test
  void warnsOfOtherOptionsOfI2cpThatStandByThemselves() {
    assertThat(
            UnknownPropertyReport.find(
                Environments.of(
                    "{i2cp.acessList: secret, i2cp.leaseSetEncType: 4}",
                    Map.of("I2CP_HOST", "h"),
                    Map.of("i2cp.tcp.port", "7654"))))
        .hasSize(2)
        .allSatisfy(text -> assertThat(text).doesNotContain("secret"))
        .anySatisfy(text -> assertThat(text).contains("Did you mean 'i2cp.accessList'?"))
        .anySatisfy(
            text ->
                assertThat(text)
                    .contains("'i2cp.leasesetenctype'", "no effect", "'i2p.session.options'"));
  }

  @Test
  void leavesOtherProgramsVariablesAndSystemPropertiesAlone() {
    assertThat(
            UnknownPropertyReport.find(
                Environments.of(
                    "a: b",
                    Map.of("I2P_HOME", "/opt/i2p", "I2P", "x"),
                    Map.of("i2p.dir.base", "/opt/i2p"))))
        .isEmpty();
    assertThat(UnknownPropertyReport.find(Environments.of("i2p.destinaton.key-file: f")))
        .singleElement()
        .asString()
        .contains("Did you mean 'i2p.destination.key-file'?");
  }
}
