package io.i2pstreaming.sample;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/**
 * HTTP through I2P, both ways: fetches a page of a site with Spring's client, and tells a caller
 * from I2P who it is. With {@code i2p.http.publish=true} this application is such a site itself.
 */
@RestController
@RequestMapping("/api")
class SiteController {
  private static final int MAX_PAGE = 1 << 20;

  private final RestClient client;
  private final Peers peers;

  /**
   * Spring Boot's builder knows the way to I2P: {@code i2p.http-client.manager} names the dialler.
   */
  SiteController(RestClient.Builder builder, Peers peers) {
    this.client = builder.build();
    this.peers = peers;
  }

  record Caller(@Nullable String b32) {}

  /** The header is believed only if it came through I2P; from others it is hidden. */
  @GetMapping("/caller")
  Caller caller(@RequestHeader(name = "X-I2P-DestB32", required = false) @Nullable String b32) {
    return new Caller(b32);
  }

  /** The page as the site gave it, with its status. */
  @GetMapping("/fetch")
  ResponseEntity<byte[]> fetch(HttpServletRequest request) {
    Parameters query = Parameters.ofQuery(request);
    String path = query.get("path");
    return client
        .get()
        .uri(page(query.to(), path == null ? "/" : path))
        .exchange((q, r) -> page(r));
  }

  private URI page(String to, String path) {
    if (!path.startsWith("/")) {
      throw new RefusedRequestException("The parameter 'path' begins with /, unlike " + path + ".");
    }
    try {
      return new URI("http://" + peers.address(to, 80).name() + path);
    } catch (URISyntaxException e) {
      throw new RefusedRequestException("The parameter 'path' is no path of a URI.", e);
    }
  }

  private static ResponseEntity<byte[]> page(ClientHttpResponse response) throws IOException {
    byte[] body = response.getBody().readNBytes(MAX_PAGE + 1);
    if (body.length > MAX_PAGE) {
      throw new IOException("the page is longer than " + MAX_PAGE + " bytes");
    }
    return ResponseEntity.status(response.getStatusCode())
        .contentType(
            Objects.requireNonNullElse(
                response.getHeaders().getContentType(), MediaType.APPLICATION_OCTET_STREAM))
        .body(body);
  }
}
