package io.i2pstreaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.i2pstreaming.connection.ConnectionConfig;
import io.i2pstreaming.connection.InactivityAction;
import io.i2pstreaming.connection.StreamProfile;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Options of streams")
class StreamingOptionsTest {
  @Test
  void defaultsAreThoseOfTheTable() {
    StreamingOptions options = StreamingOptions.defaults();

    assertThat(options.initialWindowSize()).isEqualTo(6);
    assertThat(options.maxWindowSize()).isEqualTo(128);
    assertThat(options.maxMessageSize()).isEqualTo(1812);
    assertThat(options.initialRto()).isEqualTo(Duration.ofMillis(3500));
    assertThat(options.initialAckDelay()).isEqualTo(Duration.ofMillis(100));
    assertThat(options.connectTimeout()).isEqualTo(Duration.ofSeconds(60));
    assertThat(options.maxResends()).isEqualTo(8);
    assertThat(options.inactivityTimeout()).isEqualTo(Duration.ofSeconds(90));
    assertThat(options.inactivityAction()).isEqualTo(InactivityAction.SEND);
    assertThat(options.answerPings()).isTrue();
    assertThat(options.connectDelay()).isZero();
    assertThat(options.readTimeout()).isZero();
    assertThat(options.writeTimeout()).isZero();
  }

  @Test
  @DisplayName("A15 a preset changes defaults, and what is set wins")
  void aPresetChangesDefaultsAndWhatIsSetWins() {
    StreamingOptions bulk =
        StreamingOptions.builder().set("connectTimeout", "7s").set("preset", "bulk").build();
    assertThat(bulk.maxWindowSize()).isEqualTo(255);
    assertThat(bulk.toConnectionConfig(false).receiveBudgetBytes()).isGreaterThan(900_000);
    assertThat(bulk.inactivityTimeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(bulk.maxResends()).isEqualTo(16);
    assertThat(bulk.connectTimeout()).isEqualTo(Duration.ofSeconds(7));

    StreamingOptions realtime = bulk.toBuilder().set("preset", "realtime").build();
    assertThat(realtime.profile()).isEqualTo(StreamProfile.INTERACTIVE);
    assertThat(realtime.initialRto()).isEqualTo(Duration.ofMillis(1500));
    assertThat(realtime.maxWindowSize()).isEqualTo(128);
    assertThat(realtime.connectTimeout()).isEqualTo(Duration.ofSeconds(7));
    assertThat(realtime.preset().sessionOptions()).containsEntry("inbound.length", "2");

    StreamingOptions http = StreamingOptions.builder().set("preset", "http").build();
    assertThat(http.connectDelay()).isEqualTo(Duration.ofMillis(250));
    assertThat(http.profile()).isEqualTo(StreamProfile.BULK);
  }

  @Test
  void everyOptionIsReadBackFromItsText() {
    StreamingOptions changed =
        StreamingOptions.builder()
            .set("maxWindowSize", "64")
            .set("initialWindowSize", "9")
            .set("maxMessageSize", "1000")
            .set("initialRTO", "9000")
            .set("initialAckDelay", "750")
            .set("connectTimeout", "5m")
            .set("connectDelay", "1s")
            .set("readTimeout", "PT3S")
            .set("writeTimeout", "500ms")
            .set("maxResends", "10")
            .set("inactivityTimeout", "-1")
            .set("inactivityAction", "disconnect")
            .set("answerPings", "false")
            .set("congestionAlgorithm", "AIMD")
            .set("profile", "2")
            .set("preset", "bulk")
            .set("tcbcache.enabled", "false")
            .set("tcbcache.rttDampening", "0.5")
            .set("tcbcache.rttdevDampening", "0")
            .set("tcbcache.wdwDampening", "1")
            .build();

    StreamingOptions.Builder copy = StreamingOptions.builder();
    changed.asMap().forEach(copy::set);

    assertThat(changed.asMap().keySet()).isEqualTo(StreamingOptions.names());
    assertThat(copy.build().asMap()).isEqualTo(changed.asMap());
    assertThat(changed.toBuilder().build().asMap()).isEqualTo(changed.asMap());
    assertThat(changed.asMap().values())
        .doesNotContainAnyElementsOf(
            java.util.List.of("128", "3500", "100", "60000", "8", "90000", "send", "true"));
    assertThat(changed.readTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(changed.writeTimeout()).isEqualTo(Duration.ofMillis(500));
    assertThat(changed.inactivityTimeout()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "maxWindowSize, 128, 128",
    "maxWindowSize, 256KB, 144",
    "maxWindowSize, 256kb, 144",
    "maxWindowSize, 1MB, 578",
    "max-window-size, 64, 64",
    "MAXWINDOWSIZE, 64, 64",
  })
  void aWindowIsPacketsOrBytes(String name, String value, int packets) {
    assertThat(StreamingOptions.builder().set(name, value).build().maxWindowSize())
        .isEqualTo(packets);
  }

  @Test
  void aWindowInBytesCountsPacketsOfTheMessageSizeWhicheverComesFirst() {
    StreamingOptions options =
        StreamingOptions.builder()
            .set("maxWindowSize", "256KB")
            .set("maxMessageSize", "512")
            .build();

    assertThat(options.maxWindowSize()).isEqualTo(512);
  }

  @Test
  void theInitialWindowNeverExceedsTheLargest() {
    assertThat(StreamingOptions.builder().set("maxWindowSize", "2").build().initialWindowSize())
        .isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"0, NONE", "1, DISCONNECT", "2, SEND", "none, NONE", "Send, SEND"})
  void theInactivityActionIsANumberOrAName(String value, InactivityAction action) {
    assertThat(StreamingOptions.builder().set("inactivityAction", value).build().inactivityAction())
        .isEqualTo(action);
  }

  @ParameterizedTest
  @CsvSource({
    "maxWindowSize, 0, packets",
    "maxWindowSize, 1025, packets",
    "maxWindowSize, many, packets",
    "maxMessageSize, 511, from 512 to 1812",
    "maxMessageSize, 1813, from 512 to 1812",
    "initialRTO, 50, from 100ms to 45s",
    "initialRTO, 46s, from 100ms to 45s",
    "initialRTO, -1, from 100ms to 45s",
    "initialRTO, PT0.1005S, from 100ms to 45s",
    "connectTimeout, 3 weeks, duration",
    "connectTimeout, 99999999999999999, duration",
    "maxResends, 1.5, from 1 to 100",
    "inactivityAction, 3, none",
    "inactivityAction, sleep, none",
    "answerPings, yes, true or false",
    "congestionAlgorithm, bbr, delay or aimd",
  })
  void aBadValueIsRefusedByNameValueAndWhatIsAllowed(String name, String value, String allowed) {
    StreamingOptions.Builder builder = StreamingOptions.builder();

    assertThatThrownBy(() -> builder.set(name, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("i2p.streaming." + name)
        .hasMessageContaining("'" + value + "'")
        .hasMessageContaining(allowed);
    assertThat(builder.build().asMap()).isEqualTo(StreamingOptions.defaults().asMap());
  }

  @Test
  void aWindowOfLessThanAPacketIsRefused() {
    StreamingOptions.Builder builder = StreamingOptions.builder().set("maxWindowSize", "1KB");

    assertThatThrownBy(builder::build).hasMessageContaining("maxWindowSize: '1KB'");
  }

  @Test
  void anUnknownNameIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> StreamingOptions.builder().set("bufferSize", "1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bufferSize")
        .hasMessageContaining("maxWindowSize");
  }

  @Test
  void legacyLeaseSetsMeanSmallerMessages() {
    ConnectionConfig config = StreamingOptions.defaults().toConnectionConfig(true);

    assertThat(config.maxMessageSize()).isEqualTo(1730);
    assertThat(config.receiveBudgetBytes()).isGreaterThanOrEqualTo(128 * 1730);
    assertThat(StreamingOptions.defaults().toConnectionConfig(false).maxMessageSize())
        .isEqualTo(1812);
  }
}
