package io.i2pstreaming.autoconfigure.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("D6 names of I2P are in nobody's tags")
class I2PNamesOutOfTagsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "stats.i2p",
        "STATS.I2P:80",
        "udhdrtrhm3cu2tlr.b32.i2p",
        "http://stats.i2p/page?x=1",
        "http://stats.i2p.alt:8080"
      })
  void aNameBecomesI2p(String name) {
    assertThat(shown(name)).isEqualTo("i2p");
    Observation.Context context = new Observation.Context();
    context.addLowCardinalityKeyValue(KeyValue.of("client.name", name));
    context.addHighCardinalityKeyValue(KeyValue.of("http.url", name));
    I2PNamesOutOfTagsAutoConfiguration.withoutNames(context);
    assertThat(context.getAllKeyValues()).extracting(KeyValue::getValue).containsOnly("i2p");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.org",
        "io.i2pstreaming.StreamManager",
        "/actuator/i2pstreams",
        "http://example.org/about.i2p",
        "i2p",
        "dialer",
        "none"
      })
  void everythingElseStays(String value) {
    assertThat(shown(value)).isEqualTo(value);
  }

  @Test
  void longTextsStay() {
    String text = "no name, but " + "a long text ".repeat(50);
    assertThat(shown(text)).isEqualTo(text);
  }

  private static String shown(String value) {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    registry.config().meterFilter(new I2PNamesOutOfTagsAutoConfiguration.NamesOutOfTags());
    Meter meter = registry.counter("requests", "other", "x", "client.name", value);
    assertThat(meter.getId().getTags()).contains(Tag.of("other", "x"));
    return String.valueOf(meter.getId().getTag("client.name"));
  }
}
