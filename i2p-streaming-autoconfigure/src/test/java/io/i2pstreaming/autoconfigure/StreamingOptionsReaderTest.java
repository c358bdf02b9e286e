package io.i2pstreaming.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.i2pstreaming.StreamingOptions;
import io.i2pstreaming.connection.InactivityAction;
import io.i2pstreaming.connection.StreamProfile;
import io.i2pstreaming.spring.I2PConfigurationException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.StandardEnvironment;

@DisplayName("D1 streaming options under I2P's names")
class StreamingOptionsReaderTest {
  @Test
  void withoutPropertiesTheEnginesDefaultsApply() {
    assertThat(read("a: b").asMap()).isEqualTo(StreamingOptions.defaults().asMap());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "i2p.streaming.maxWindowSize: 64",
        "i2p.streaming.max-window-size: 64",
        "i2p.streaming.maxwindowsize: 64",
        "i2p.streaming.max_window_size: 64",
        "i2p: {streaming: {maxWindowSize: '64'}}",
        "i2p: {streaming: {MAX_WINDOW_SIZE: ' 64 '}}"
      })
  void everySpellingOfANameInYamlBinds(String yaml) {
    assertThat(read(yaml).maxWindowSize()).isEqualTo(64);
  }

  @ParameterizedTest
  @ValueSource(strings = {"I2P_STREAMING_MAXWINDOWSIZE", "I2P_STREAMING_MAX_WINDOW_SIZE"})
  void environmentVariablesBindAndWinOverTheFile(String variable) {
    StreamingOptions options =
        read(Environments.of("i2p.streaming.maxWindowSize: 100", Map.of(variable, "64")));
    assertThat(options.maxWindowSize()).isEqualTo(64);
  }

  @Test
  void javaI2psSystemPropertiesBind() {
    StreamingOptions options =
        read(
            Environments.of(
                "a: b",
                Map.of(),
                Map.of(
                    "i2p.streaming.initialRTO", "9000",
                    "i2p.streaming.profile", "2",
                    "i2p.streaming.maxWindowSize", "64",
                    "i2p.streaming.maxResends", "5")));
    assertThat(options.initialRto()).isEqualTo(Duration.ofSeconds(9));
    assertThat(options.profile()).isEqualTo(StreamProfile.INTERACTIVE);
    assertThat(options.maxWindowSize()).isEqualTo(64);
    assertThat(options.maxResends()).isEqualTo(5);
  }

  @Test
  void aWindowIsPacketsUnlessItHasAUnitOfBytes() {
    int packets = read("i2p.streaming.maxWindowSize: 128").maxWindowSize();
    int bytes = read("i2p.streaming.maxWindowSize: 128KB").maxWindowSize();
    assertThat(packets).isEqualTo(128);
    assertThat(bytes).isEqualTo(128 * 1024 / StreamingOptions.defaults().maxMessageSize());
    assertThat(variable("I2P_STREAMING_MAXWINDOWSIZE", "128KB").maxWindowSize()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"7000", "'7000'", "7s", "7000ms"})
  void aDurationIsMillisecondsUnlessItHasAUnit(String value) {
    assertThat(read("i2p.streaming.connectTimeout: " + value).connectTimeout())
        .isEqualTo(Duration.ofSeconds(7));
    assertThat(variable("I2P_STREAMING_CONNECTTIMEOUT", value.replace("'", "")).connectTimeout())
        .isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void aNumberIsI2psNumberOfAnActionAndNeverAnOrdinal() {
    for (String quote : new String[] {"", "'"}) {
      String yaml = "i2p.streaming.inactivityAction: " + quote + "%s" + quote;
      assertThat(read(yaml.formatted("0")).inactivityAction()).isEqualTo(InactivityAction.NONE);
      assertThat(read(yaml.formatted("1")).inactivityAction())
          .isEqualTo(InactivityAction.DISCONNECT);
      assertThat(read(yaml.formatted("2")).inactivityAction()).isEqualTo(InactivityAction.SEND);
      assertThat(read(yaml.formatted("disconnect")).inactivityAction())
          .isEqualTo(InactivityAction.DISCONNECT);
    }
    assertThat(variable("I2P_STREAMING_INACTIVITYACTION", "1").inactivityAction())
        .isEqualTo(InactivityAction.DISCONNECT);
    assertThatExceptionOfType(I2PConfigurationException.class)
        .isThrownBy(() -> read("i2p.streaming.inactivityAction: 3"));
  }

  @Test
  void aNumberDoesNotNameACongestionAlgorithm() {
    assertThatExceptionOfType(I2PConfigurationException.class)
        .isThrownBy(() -> read("i2p.streaming.congestionAlgorithm: 0"));
  }

  @Test
  void booleansOfYamlAndTextBind() {
    assertThat(read("i2p.streaming.answerPings: false").answerPings()).isFalse();
    assertThat(read("i2p.streaming.answerPings: 'false'").answerPings()).isFalse();
    assertThat(variable("I2P_STREAMING_ANSWERPINGS", "false").answerPings()).isFalse();
  }

  @Test
  void aWrongValueNamesThePropertyItsOriginAndTheValue() {
    assertThatExceptionOfType(I2PConfigurationException.class)
        .isThrownBy(() -> read("i2p.streaming.max-resends: often"))
        .satisfies(
            e ->
                assertThat(e.description())
                    .contains("i2p.streaming.maxResends", "application.yml", "1:", "'often'"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "i2p.streaming.initialWindowSize | none | 1 to 1024",
        "i2p.streaming.maxWindowSize | 1MB3 | a size such as 256KB",
        "i2p.streaming.maxMessageSize | 5 | 512 to 1812",
        "i2p.streaming.initialRTO | 1 | from 100ms to 45s",
        "i2p.streaming.initialAckDelay | 1h | from 0 to 5s",
        "i2p.streaming.connectTimeout | long | a duration such as 500ms",
        "i2p.streaming.connectDelay | 2m | up to 1m",
        "i2p.streaming.readTimeout | -5 | 0 or -1 is no limit",
        "i2p.streaming.writeTimeout | 2d | up to a day",
        "i2p.streaming.maxResends | 0 | 1 to 100",
        "i2p.streaming.inactivityTimeout | x | a duration",
        "i2p.streaming.inactivityAction | 3 | none, disconnect or send",
        "i2p.streaming.answerPings | yes | true or false",
        "i2p.streaming.congestionAlgorithm | 0 | delay or aimd",
        "i2p.streaming.profile | 0 | bulk or interactive",
        "i2p.streaming.preset | fast | none, http, bulk or realtime",
        "i2p.streaming.tcbcache.enabled | 1 | true or false",
        "i2p.streaming.tcbcache.rttDampening | 2 | from 0 to 1",
        "i2p.streaming.tcbcache.rttdevDampening | x | from 0 to 1",
        "i2p.streaming.tcbcache.wdwDampening | -1 | from 0 to 1",
        "i2p.streaming.maxConcurrentStreams | many | a whole number",
        "i2p.streaming.maxConnsPerMinute | 1s | a whole number",
        "i2p.streaming.maxConnsPerHour | -7 | 0 or -1 is no limit",
        "i2p.streaming.maxConnsPerDay | x | a whole number",
        "i2p.streaming.maxTotalConnsPerMinute | x | a whole number",
        "i2p.streaming.maxTotalConnsPerHour | x | a whole number",
        "i2p.streaming.maxTotalConnsPerDay | x | a whole number",
        "i2p.streaming.disableRejectLogging | x | use true or false"
      })
  void everyBadValueIsNamedWithItsPropertyAndWhatIsAllowed(
      String property, String value, String allowed) {
    String official = property.substring("i2p.streaming.".length());
    for (String manager : new String[] {"", "shop"}) {
      StandardEnvironment environment =
          Environments.of(
              manager.isEmpty()
                  ? "i2p.streaming." + official + ": '" + value + "'"
                  : "i2p.managers.shop.streaming." + official + ": '" + value + "'");
      PropertyScope scope =
          manager.isEmpty()
              ? PropertyScope.of(environment)
              : PropertyScope.of(environment, manager);
      assertThatExceptionOfType(I2PConfigurationException.class)
          .isThrownBy(
              () -> {
                StreamingOptions unused =
                    StreamingOptionsReader.read(scope, StreamingOptions.defaults());
                Admission unusedToo = Admission.read(scope);
              })
          .satisfies(
              e -> {
                assertThat(e.description())
                    .contains(
                        "'"
                            + (manager.isEmpty() ? "i2p." : "i2p.managers.shop.")
                            + "streaming."
                            + official
                            + "'")
                    .contains("application.yml", "'" + value + "'", allowed);
                assertThat(e.action()).contains("Correct the value, or remove the property");
              });
    }
  }

  @Test
  void anOptionThatIsNotObeyedIsNeitherAnErrorNorAnOrdinal() {
    assertThat(read("{i2p.streaming.bufferSize: 1, i2p.streaming.limitAction: 2}").asMap())
        .isEqualTo(StreamingOptions.defaults().asMap());
  }

  @Test
  void anEmptyValueMeansTheDefault() {
    assertThat(read("i2p.streaming.maxWindowSize:").maxWindowSize())
        .isEqualTo(StreamingOptions.defaults().maxWindowSize());
  }

  private static StreamingOptions read(String yaml) {
    return read(Environments.of(yaml));
  }

  private static StreamingOptions variable(String name, String value) {
    return read(Environments.of("a: b", Map.of(name, value)));
  }

  private static StreamingOptions read(StandardEnvironment environment) {
    return StreamingOptionsReader.read(PropertyScope.of(environment), StreamingOptions.defaults());
  }
}
