package io.i2pstreaming.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("D8 the sample from code generated ahead of time, in a JVM of its own")
class AheadOfTimeTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void answersOverI2pAndInTheActuator() throws Exception {
    try (SampleProcess sample = SampleProcess.start(List.of("-Dspring.aot.enabled=true"))) {
      sample.await(Pattern.compile("Starting AOT-processed SampleApplication"), PATIENCE);
      String base = "http://127.0.0.1:" + sample.port(PATIENCE);
      // Dialling waits for the sessions; a listener method answers.
      assertThat(
              send(
                  HttpRequest.newBuilder(URI.create(base + "/api/echo?to=self"))
                      .POST(BodyPublishers.ofString("made ahead of time"))))
          .isEqualTo("made ahead of time");
      JsonNode health = json(base + "/actuator/health");
      assertThat(health.get("status").asString()).isEqualTo("UP");
      assertThat(health.get("components").get("i2p").get("components").propertyNames())
          .containsExactlyInAnyOrder("i2p", "dialer");
      JsonNode totals =
          json(base + "/actuator/i2pstreams").get("managers").get("dialer").get("totals");
      assertThat(totals.get("opened").asLong()).isEqualTo(1);
      assertThat(json(base + "/actuator/metrics/i2p.streaming.rtt").get("availableTags"))
          .isNotEmpty();
    }
  }

  private JsonNode json(String address) throws Exception {
    return JsonMapper.shared().readTree(send(HttpRequest.newBuilder(URI.create(address))));
  }

  private String send(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> answer =
        http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }
}
