package io.i2pstreaming.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.i2pstreaming.StreamingOptions;
import io.i2pstreaming.connection.InactivityAction;
import io.i2pstreaming.spring.I2PConfigurationException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
                Map.of("i2p.streaming.initialRTO", "9000", "i2p.streaming.maxResends", "5")));
    assertThat(options.initialRto()).isEqualTo(Duration.ofSeconds(9));
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
