package io.i2pstreaming.sample;

import static io.i2pstreaming.test.I2PAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.StreamManager;
import io.i2pstreaming.embedded.EmbeddedRouter;
import io.i2pstreaming.test.AutoConfigureI2PTestNetwork;
import io.i2pstreaming.test.I2PTestNetwork;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

@DisplayName("D9 the whole sample, with its web side, on the network of tests")
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    args = {"--i2p.destination.key-file=target/never/key.dat", "--i2p.router.embedded.port=0"},
    properties = {"server.address=127.0.0.1", "i2p.http.publish=true"})
@AutoConfigureI2PTestNetwork(seed = 3, latency = "1ms")
class WholeSampleOverTestNetworkTest {
  @LocalServerPort private int port;
  @Autowired private I2PTestNetwork network;
  @Autowired private StreamManager serving;
  @Autowired @Dialer private StreamManager dialer;
  @Autowired private EmbeddedRouter router;

  @Test
  void answersOverHttpWhatWasLostAndSentAgain() throws Exception {
    network.loss(0.2);
    String body = "x".repeat(100_000);
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/echo?to=self"))
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(body);
    assertThat(network).hasLostMessages();
    assertThat(serving).hasRetransmitted();
  }

  @Test
  void isASiteThatKnowsItsCallersAndBelievesNobodyElse() throws Exception {
    assertThat(get("/api/fetch?to=self&path=/api/caller")).contains(dialer.destination().base32());
    assertThat(get("/api/fetch?to=self")).contains("<h1>It works</h1>");
    assertThat(get("/api/caller", "X-I2P-DestB32", dialer.destination().base32()))
        .as("from a direct caller")
        .isEqualTo("{\"b32\":null}");
  }

  private String get(String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                (headers.length == 0 ? request : request.headers(headers)).build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  @Test
  void opensNoPortAndWritesNoKeyFile() {
    assertThat(router.port()).isEqualTo(-1);
    assertThat(Files.exists(Path.of("target/never"))).isFalse();
  }
}
