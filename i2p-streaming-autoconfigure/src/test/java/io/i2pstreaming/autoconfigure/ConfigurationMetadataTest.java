package io.i2pstreaming.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.i2pstreaming.StreamingOptions;
import io.i2pstreaming.endpoint.ConnectionLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.StandardEnvironment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("D8 configuration metadata")
class ConfigurationMetadataTest {
  @TempDir private Path folder;

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
  void describesEveryPropertyOnce() throws IOException {
    Map<String, String> descriptions = descriptions();
    assertThat(descriptions)
        .hasSizeGreaterThan(80)
        .allSatisfy(
            (name, description) ->
                assertThat(description).as(name).matches("(?s)[A-Z0-9][a-z0-9I -].*\\."));
    // The processor takes a parameter for another one that begins with its name.
    assertThat(descriptions)
        .allSatisfy(
            (name, description) ->
                assertThat(descriptions.values())
                    .as(name)
                    .noneMatch(other -> !other.equals(description) && description.endsWith(other)));
    for (JsonNode property : metadata().get("properties")) {
      assertThat(property.get("type")).as(property.get("name").asString()).isNotNull();
    }
  }

  @Test
  void hintsAreForPropertiesAndDescribeValuesThatWork() throws IOException {
    Set<String> names = descriptions().keySet();
    for (JsonNode hint : metadata().get("hints")) {
      String name = hint.get("name").asString();
      assertThat(names).contains(name.replaceAll("\\.(keys|values)$", ""));
      for (JsonNode value : hint.get("values")) {
        String text = value.get("value").asString();
        if (name.startsWith("i2p.streaming.") && !isLimit(name.substring(14))) {
          StreamingOptions unused =
              StreamingOptions.builder().set(name.substring(14), text).build();
        } else if (name.equals("i2p.access-list.mode")) {
          String yaml = "{i2p.access-list.mode: " + text + ", i2p.access-list.file: pom.xml#}";
          assertThatNoException()
              .isThrownBy(
                  () -> AccessListReader.logWithoutEffect(PropertyScope.of(Environments.of(yaml))));
        } else if (name.equals("i2p.destination.signature-type")) {
          I2PProperties.Destination destination =
              new I2PProperties.Destination(folder.resolve(text).toString(), text, true);
          assertThat(
                  new DestinationKeyFile(PropertyScope.of(new StandardEnvironment()), destination)
                      .keys())
              .isNotNull();
        }
      }
    }
  }

  @Test
  void documentationHasEveryPropertyWithItsDefaultAndNoOther() throws IOException {
    Map<String, String> defaults = new TreeMap<>();
    for (JsonNode property : metadata().get("properties")) {
      JsonNode value = property.get("defaultValue");
      defaults.put(property.get("name").asString(), value == null ? "" : value.asString());
    }
    Map<String, String> documented = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("../docs/configuration.md"))) {
      String[] cells = line.split(" \\| ", 3);
      if (cells.length == 3 && cells[0].startsWith("| `")) {
        Matcher name = PROPERTY.matcher(cells[0]);
        while (name.find()) {
          documented.put(OfficialProperty.propertyName(name.group(1)).toString(), cells[1]);
        }
      }
    }
    documented.keySet().removeIf(name -> name.startsWith("i2p.session.options."));
    // Those of any endpoint, written by Spring Boot's processor.
    defaults.keySet().removeIf(name -> name.startsWith("management.endpoint."));
    assertThat(documented.keySet()).containsExactlyInAnyOrderElementsOf(defaults.keySet());
    documented.forEach(
        (name, said) -> {
          String value = defaults.getOrDefault(name, "");
          if (value.isEmpty()) {
            // In words, what there is without it.
            assertThat(said).as(name).matches("[a-z][a-z ]+");
          } else {
            assertThat(uniform(said)).as(name).isEqualTo(uniform(value));
          }
        });
  }

  /** A property in a table: not those of i2p-streaming-test, and none below a name. */
  private static final Pattern PROPERTY =
      Pattern.compile("`((?:i2p(?!\\.test\\.)|i2cp|management)\\.[A-Za-z0-9.-]+?)(?:\\.\\*)?`");

  private static String uniform(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]", "");
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
