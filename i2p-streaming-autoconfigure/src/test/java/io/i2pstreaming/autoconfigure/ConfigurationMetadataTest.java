package io.i2pstreaming.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.StreamingOptions;
import io.i2pstreaming.endpoint.ConnectionLimits;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("D8 configuration metadata")
class ConfigurationMetadataTest {
  @Test
  void describesEveryOptionWithAnOfficialNameAndNoOther() throws IOException {
    Set<String> official = new TreeSet<>(AccessListReader.OFFICIAL);
    official.add(Admission.BLACKLIST);
    official.add(Admission.DSA_LIST);
    StreamingOptions.names().forEach(name -> official.add("i2p.streaming." + name));
    ConnectionLimits.names().forEach(name -> official.add("i2p.streaming." + name));
    assertThat(descriptions().keySet().stream().filter(ConfigurationMetadataTest::isOfficial))
        .containsExactlyInAnyOrderElementsOf(
            official.stream().map(name -> OfficialProperty.propertyName(name).toString()).toList());
  }

  private static boolean isOfficial(String name) {
    return name.startsWith("i2p.streaming.") || name.startsWith("i2cp.");
  }

  @Test
  void showsTheDefaultsOfTheEngine() throws IOException {
    StreamingOptions.Builder builder = StreamingOptions.builder();
    ConnectionLimits limits = ConnectionLimits.NONE.with("maxConnsPerDay", "1");
    for (JsonNode property : metadata().get("properties")) {
      String name = property.get("name").asString();
      String option = name.replace("i2p.streaming.", "");
      String unsaid = property.has("defaultValue") ? property.get("defaultValue").asString() : "";
      if (isLimit(option)) {
        limits = limits.with(option, unsaid);
      } else if (name.startsWith("i2p.streaming.") && !name.endsWith("list")) {
        builder.set(option, unsaid);
      }
    }
    assertThat(builder.build().asMap()).isEqualTo(StreamingOptions.defaults().asMap());
    assertThat(limits.asMap()).isEqualTo(ConnectionLimits.NONE.asMap());
  }

  private static boolean isLimit(String dashed) {
    String option = dashed.replace("-", "");
    return ConnectionLimits.names().stream().anyMatch(option::equalsIgnoreCase);
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
            "i2p.destination.signature-type",
            "i2p.destination.create-if-missing",
            "i2p.session.nickname",
            "i2p.access-list.mode",
            "i2p.access-list.entries",
            "i2p.access-list.file",
            "i2p.managers",
            "i2p.startup.fail-fast",
            "i2p.startup.timeout",
            "i2p.trace.file",
            "i2p.template.max-response-size",
            "i2p.template.response-timeout",
            "i2p.template.max-concurrent",
            "i2p.template.retry.max-retries",
            "i2p.template.retry.delay",
            "i2p.template.retry.multiplier",
            "i2p.template.retry.max-delay",
            "i2p.template.retry.jitter",
            "i2p.listener.auto-startup",
            "i2p.listener.concurrency",
            "i2p.listener.observation-enabled",
            "i2p.listener.max-message-size",
            "i2p.listener.idle-timeout",
            "i2p.listener.message-timeout",
            "i2p.listener.reply-timeout",
            "i2p.listener.recovery.max-retries",
            "i2p.listener.recovery.delay",
            "i2p.listener.recovery.multiplier",
            "i2p.listener.recovery.max-delay",
            "i2p.listener.recovery.jitter",
            "i2p.shutdown.grace-period",
            "i2p.http.publish",
            "i2p.http.manager",
            "i2p.http.port",
            "i2p.http.host",
            "i2p.http.log-address",
            "i2p.http.max-connections",
            "i2p.http.max-connections-per-destination",
            "i2p.http.max-requests-per-minute",
            "i2p.http.header-timeout",
            "i2p.http.idle-timeout",
            "i2p.http.body-timeout",
            "i2p.http.response-timeout",
            "i2p.http-client.enabled",
            "i2p.http-client.manager",
            "i2p.http-client.user-agent",
            "i2p.http-client.connect-timeout",
            "i2p.http-client.max-streams-per-site",
            "i2p.http-client.max-streams",
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
