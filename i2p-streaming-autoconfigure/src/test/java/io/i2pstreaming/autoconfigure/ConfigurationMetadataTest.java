package io.i2pstreaming.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.StreamingOptions;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("D8 configuration metadata")
class ConfigurationMetadataTest {
  @Test
  void describesEveryStreamingOptionAndNoOther() throws IOException {
    Map<String, String> described = descriptions();
    assertThat(StreamingOptions.names())
        .allSatisfy(
            name ->
                assertThat(described)
                    .containsKey(StreamingOptionsReader.propertyName(name).toString()));
    assertThat(described.keySet().stream().filter(name -> name.startsWith("i2p.streaming.")))
        .hasSameSizeAs(StreamingOptions.names());
  }

  @Test
  void showsTheDefaultsOfTheEngine() throws IOException {
    StreamingOptions.Builder builder = StreamingOptions.builder();
    for (JsonNode property : metadata().get("properties")) {
      String name = property.get("name").asString();
      if (name.startsWith("i2p.streaming.")) {
        builder.set(
            name.substring("i2p.streaming.".length()), property.get("defaultValue").asString());
      }
    }
    assertThat(builder.build().asMap()).isEqualTo(StreamingOptions.defaults().asMap());
  }

  @Test
  void describesTheProperties() throws IOException {
    assertThat(descriptions())
        .containsKeys(
            "i2p.router.mode",
            "i2p.router.host",
            "i2p.router.port",
            "i2p.router.addresses",
            "i2p.router.username",
            "i2p.router.password",
            "i2p.router.ssl.bundle",
            "i2p.router.embedded.port",
            "i2p.router.embedded.network.latency",
            "i2p.router.embedded.network.jitter",
            "i2p.router.embedded.network.loss",
            "i2p.router.embedded.network.duplicate",
            "i2p.router.embedded.network.reorder",
            "i2p.router.embedded.network.bandwidth",
            "i2p.router.embedded.network.seed",
            "i2p.destination.key-file",
            "i2p.session.options")
        .allSatisfy((name, description) -> assertThat(description).as(name).endsWith("."));
  }

  private static Map<String, String> descriptions() throws IOException {
    Map<String, String> descriptions = new HashMap<>();
    for (JsonNode property : metadata().get("properties")) {
      JsonNode description = property.get("description");
      descriptions.put(
          property.get("name").asString(), description == null ? "" : description.asString());
    }
    return descriptions;
  }

  private static JsonNode metadata() throws IOException {
    try (InputStream in =
        I2PProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
      assertThat(in).as("metadata written by the annotation processor").isNotNull();
      return JsonMapper.shared().readTree(in);
    }
  }
}
