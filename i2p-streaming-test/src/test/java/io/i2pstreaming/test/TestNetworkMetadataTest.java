package io.i2pstreaming.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("D9, D8 configuration metadata of the network of tests")
class TestNetworkMetadataTest {
  @Test
  void describesEveryPropertyOfThisModule() throws IOException {
    Map<String, Object> descriptions = new LinkedHashMap<>();
    for (URL file :
        Collections.list(
            getClass()
                .getClassLoader()
                .getResources("META-INF/spring-configuration-metadata.json"))) {
      String json;
      try (var in = file.openStream()) {
        json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
      List<Map<String, Object>> properties = JsonPath.read(json, "$.properties[*]");
      for (Map<String, Object> one : properties) {
        String name = String.valueOf(one.get("name"));
        if (name.startsWith("i2p.test.")) {
          descriptions.put(name, one.get("description"));
        }
      }
    }
    assertThat(descriptions)
        .containsOnlyKeys(
            "i2p.test.network.latency",
            "i2p.test.network.jitter",
            "i2p.test.network.loss",
            "i2p.test.network.duplicate",
            "i2p.test.network.reorder",
            "i2p.test.network.bandwidth",
            "i2p.test.network.seed")
        .allSatisfy((name, text) -> assertThat(text).asString().as(name).endsWith("."));
  }
}
