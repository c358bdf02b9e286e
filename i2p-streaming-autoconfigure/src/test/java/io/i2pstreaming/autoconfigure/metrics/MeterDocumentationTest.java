package io.i2pstreaming.autoconfigure.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamManagerBuilder;
import io.i2pstreaming.StreamingException;
import io.i2pstreaming.autoconfigure.observation.I2PObservation;
import io.i2pstreaming.spring.I2PListener;
import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("D6 G3 what is exposed is what is documented and drawn")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MeterDocumentationTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final Duration DEADLINE = Duration.ofMinutes(1);
  private static final List<String> SUFFIXES = List.of("", "_total", "_count", "_sum", "_max");

  private ConfigurableApplicationContext context;
  private PrometheusMeterRegistry registry;
  private String exposed;

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {
    @Bean(defaultCandidate = false)
    StreamManager dialer(StreamManagerBuilder builder) {
      return builder.name("dialer").build();
    }

    @I2PListener(id = "echo", port = "7")
    void echo(InputStream in, OutputStream out) throws IOException {
      in.transferTo(out);
    }
  }

  @BeforeAll
  void someTraffic() throws Exception {
    context =
        new SpringApplicationBuilder(Application.class)
            .properties(
                "server.address=127.0.0.1",
                "server.port=0",
                "i2p.router.mode=embedded",
                "i2p.http.publish=true",
                "management.metrics.distribution.percentiles-histogram.i2p.streaming.rtt=true")
            .run();
    registry = context.getBean(PrometheusMeterRegistry.class);
    StreamManager server = context.getBean("i2pStreamManager", StreamManager.class);
    StreamManager dialer = context.getBean("dialer", StreamManager.class);
    assertThat(server.awaitUp(DEADLINE) && dialer.awaitUp(DEADLINE)).isTrue();
    try (I2PSocket socket = dialer.connect(I2PAddress.of(server.destination(), 7))) {
      socket.setSoTimeout((int) DEADLINE.toMillis());
      socket.getOutputStream().write(new byte[50_000]);
      socket.getOutputStream().flush();
      socket.getInputStream().readNBytes(50_000);
    }
    dialer.ping(I2PAddress.of(server.destination(), 0), DEADLINE);
    assertThatExceptionOfType(StreamingException.Refused.class)
        .isThrownBy(() -> server.connect(I2PAddress.of(dialer.destination(), 9)));
    Meters.await(
        () -> {
          exposed = registry.scrape();
          return exposed.contains("i2p_streaming_listener_seconds_count");
        });
    // For those who look at it after a failure.
    Files.writeString(Path.of("target", "exposed-metrics.txt"), exposed);
  }

  @AfterAll
  void close() {
    context.close();
  }

  @Test
  void theTableOfTheDocumentationIsThatOfTheCode() throws IOException {
    List<String> rows = new ArrayList<>();
    for (I2PMeter meter : I2PMeter.values()) {
      rows.add(
          row(
              meter.getName(),
              type(meter.getType()),
              Stream.of(meter.getKeyNames()),
              prometheusName(meter.getName(), meter.getType(), meter.getBaseUnit()),
              meter.description(),
              meter.tagValues()));
    }
    for (I2PObservation observation : I2PObservation.values()) {
      rows.add(
          row(
              observation.getName(),
              "observation",
              Stream.of(observation.getLowCardinalityKeyNames())
                  .filter(key -> key != I2PObservation.Key.MANAGER),
              prometheusName(observation.getName(), Meter.Type.TIMER, null),
              observation.description(),
              observation.keyValues()));
    }
    Path correct = Files.write(Path.of("target", "meter-table.md"), rows);
    assertThat(documentedRows()).as("the rows of " + correct).containsExactlyElementsOf(rows);
  }

  private String row(
      String name,
      String type,
      Stream<KeyName> keys,
      String prometheus,
      String description,
      String values) {
    String tags = keys.map(key -> "`" + key.asString() + "`").collect(Collectors.joining(", "));
    String series =
        SUFFIXES.stream()
            .filter(suffix -> exposedNames().contains(prometheus + suffix))
            .map(suffix -> "`" + prometheus + suffix + "`")
            .collect(Collectors.joining(", "));
    assertThat(series).as("series of " + name).isNotEmpty();
    return "| "
        + String.join(" | ", "`" + name + "`", type, description, tags, values, series)
        + " |";
  }

  private static String type(Meter.Type type) {
    return type.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private String prometheusName(String name, Meter.Type type, String unit) {
    return registry.config().namingConvention().name(name, type, unit);
  }

  @Test
  void nothingElseIsExposed() throws IOException {
    Set<String> documented = new TreeSet<>();
    Matcher series = Pattern.compile("`(i2p_[a-z_]+)`").matcher(documentation());
    while (series.find()) {
      documented.add(series.group(1));
    }
    Collection<String> undocumented = new TreeSet<>(exposedNames());
    undocumented.removeAll(documented);
    assertThat(undocumented).isEmpty();
    documented.removeAll(exposedNames());
    assertThat(documented).as("documented, not exposed").isEmpty();
  }

  @Test
  void theReasonsOfTheSiteAreDocumented() {
    assertThat(List.of(I2PMeter.SITE_REFUSED.tagValues().split(", ")))
        .containsExactlyElementsOf(SiteMetrics.reasons().values());
  }

  @Test
  void everySeriesNamesItsManager() {
    assertThat(samples())
        .isNotEmpty()
        .allMatch(line -> line.matches(".*[{,]manager=\"(i2p|dialer)\".*"));
  }

  @Test
  void theDashboardDrawsOnlyWhatIsExposed() throws IOException {
    JsonNode dashboard =
        JsonMapper.shared().readTree(Files.readString(DOCS.resolve("grafana-dashboard.json")));
    Set<String> drawn = new TreeSet<>();
    List<JsonNode> panels = new ArrayList<>();
    collectPanels(dashboard, panels);
    for (JsonNode panel : panels) {
      for (JsonNode target : panel.path("targets")) {
        Matcher name =
            Pattern.compile("\\bi2p_[a-z_]+(?=\\{)").matcher(target.get("expr").asString());
        assertThat(name.find()).as(target.toString()).isTrue();
        do {
          drawn.add(name.group());
        } while (name.find());
      }
    }
    assertThat(drawn).hasSizeGreaterThan(15);
    assertThat(exposedNames()).containsAll(drawn);
  }

  private static void collectPanels(JsonNode of, List<JsonNode> panels) {
    for (JsonNode panel : of.path("panels")) {
      panels.add(panel);
      collectPanels(panel, panels);
    }
  }

  private List<String> samples() {
    return exposed.lines().filter(line -> line.startsWith("i2p_")).toList();
  }

  private Set<String> exposedNames() {
    return samples().stream()
        .map(line -> line.substring(0, line.indexOf('{')))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> documentedRows() throws IOException {
    return Arrays.stream(documentation().split("\n"))
        .filter(line -> line.startsWith("| `i2p."))
        .toList();
  }

  private static String documentation() throws IOException {
    return Files.readString(DOCS.resolve("metrics.md"));
  }
}
