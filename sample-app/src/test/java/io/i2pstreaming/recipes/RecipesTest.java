package io.i2pstreaming.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamingException;
import io.i2pstreaming.test.AutoConfigureI2PTestNetwork;
import io.i2pstreaming.test.I2PTestNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("docs/recipes.md is true")
@Timeout(120)
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "friends=",
      "server.address=127.0.0.1",
      "i2p.http.publish=true",
      "i2p.managers.shop.primary=true",
      "i2p.managers.news="
    })
@AutoConfigureI2PTestNetwork
@Import(FriendsOnly.class)
class RecipesTest {
  private static final Path ROOT = Path.of("..");

  @Autowired private I2PTestNetwork network;
  @Autowired private Greeter greeter;
  @Autowired private Doorkeeper doorkeeper;
  @Autowired private StreamManager i2p;

  @Test
  void aServiceIsOfferedAndCalled() throws Exception {
    assertThat(greeter.greet(i2p.destination().base32(), "you")).isEqualTo("hello you");
  }

  @Test
  void callersAreRestrictedWhileItRuns() throws Exception {
    StreamManager friend = network.peer();
    StreamManager stranger = network.peer();
    I2PAddress address = I2PAddress.of(i2p.destination(), 79);
    doorkeeper.admitOnly(friend.destination().base32());
    try (I2PSocket stream = friend.connect(address);
        I2PSocket refused = stranger.newSocket()) {
      assertThat(stream.isConnected()).isTrue();
      assertThatThrownBy(() -> refused.connect(address, 300))
          .isInstanceOf(StreamingException.class);
    } finally {
      doorkeeper.admitEverybody();
    }
  }

  @Test
  void onePseudonymCallsAndAnotherServes(
      @Autowired RestClient asNews, @Autowired @Qualifier("news") StreamManager news) {
    String site = "http://" + i2p.destination().base32();
    for (int i = 0; i < 5; i++) {
      assertThat(
              asNews
                  .get()
                  .uri(site + "/hello")
                  .header("X-I2P-DestB32", "somebody-else.b32.i2p")
                  .retrieve()
                  .body(String.class))
          .isEqualTo("hello " + news.destination().base32());
    }
    assertThat(news.stats().opened()).isEqualTo(1);
  }

  @Test
  void everyLineOfJavaIsCompiledHere() throws IOException {
    StringBuilder compiled = new StringBuilder();
    try (Stream<Path> sources = Files.list(Path.of("src/test/java/io/i2pstreaming/recipes"))) {
      for (Path source : sources.sorted().toList()) {
        if (!source.endsWith("RecipesTest.java")) {
          compiled.append(Files.readString(source));
        }
      }
    }
    List<String> parts = new ArrayList<>();
    for (String block : blocks("java")) {
      parts.addAll(List.of(block.split("(?m)^\n")));
    }
    assertThat(parts).hasSizeGreaterThan(8);
    String all = withoutBlanks(compiled.toString());
    assertThat(parts).allSatisfy(part -> assertThat(all).contains(withoutBlanks(part)));
  }

  private static String withoutBlanks(String text) {
    return text.replaceAll("\\s", "");
  }

  @Test
  void everyPropertyExists() throws IOException {
    Set<String> known = metadata();
    List<String> unknown = new ArrayList<>();
    int seen = 0;
    for (String block : blocks("yaml")) {
      for (PropertySource<?> source :
          new YamlPropertySourceLoader()
              .load("recipe", new ByteArrayResource(block.getBytes(StandardCharsets.UTF_8)))) {
        for (String name : ((EnumerablePropertySource<?>) source).getPropertyNames()) {
          if (name.startsWith("i2p") || name.startsWith("spring.") || name.startsWith("manag")) {
            seen++;
            if (!isKnown(name, known)) {
              unknown.add(name);
            }
          }
        }
      }
    }
    Matcher inText = Pattern.compile("`(i2p\\.[A-Za-z0-9.-]+)").matcher(text());
    while (inText.find()) {
      seen++;
      if (!isKnown(inText.group(1), known)) {
        unknown.add(inText.group(1));
      }
    }
    assertThat(unknown).isEmpty();
    assertThat(seen).isGreaterThan(15);
  }

  /** As it stands, or below a map whose keys are the application's own. */
  private static boolean isKnown(String name, Set<String> known) {
    String uniform = uniform(name);
    return known.contains(uniform)
        || known.contains(uniform.replaceFirst("^i2p\\.managers\\.[^.]+\\.", "i2p."))
        || uniform.matches("i2p\\.managers\\.[^.]+(\\.primary)?")
        || Stream.of("spring.http.serviceclient", "spring.ssl.bundle.pem")
            .anyMatch(map -> known.contains(map) && uniform.startsWith(map + "."));
  }

  private static Set<String> metadata() throws IOException {
    Set<String> names = new TreeSet<>();
    for (URL url :
        Collections.list(
            RecipesTest.class
                .getClassLoader()
                .getResources("META-INF/spring-configuration-metadata.json"))) {
      try (InputStream in = url.openStream()) {
        for (JsonNode property : JsonMapper.shared().readTree(in).get("properties")) {
          names.add(uniform(property.get("name").asString()));
        }
      }
    }
    return names;
  }

  private static String uniform(String name) {
    return name.replace("-", "").toLowerCase(java.util.Locale.ROOT);
  }

  private static List<String> blocks(String language) throws IOException {
    Matcher matcher = Pattern.compile("(?s)```" + language + "\n(.*?)```").matcher(text());
    List<String> blocks = new ArrayList<>();
    while (matcher.find()) {
      blocks.add(matcher.group(1));
    }
    return blocks;
  }

  private static String text() throws IOException {
    return Files.readString(ROOT.resolve("docs/recipes.md"));
  }
}
