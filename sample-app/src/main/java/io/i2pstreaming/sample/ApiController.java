package io.i2pstreaming.sample;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.autoconfigure.I2PProperties;
import io.i2pstreaming.identity.Destination;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The HTTP surface: shows our address, and dials others. */
@RestController
@RequestMapping("/api")
class ApiController {
  private static final long MAX_BYTES = 1L << 30;
  private static final long DEFAULT_BYTES = 1L << 20;

  /** The well-known ports and what can be measured with the services there. */
  private static final Map<String, Integer> PORTS =
      Map.of(
          "echo", StreamServices.ECHO_PORT,
          "up", StreamServices.DISCARD_PORT,
          "down", StreamServices.CHARGEN_PORT);

  private final StreamManager serving;
  private final I2PProperties properties;
  private final Peers peers;
  private final Echo echo;
  private final Transfers transfers;

  ApiController(
      StreamManager serving,
      I2PProperties properties,
      Peers peers,
      Echo echo,
      Transfers transfers) {
    this.serving = serving;
    this.properties = properties;
    this.peers = peers;
    this.echo = echo;
    this.transfers = transfers;
  }

  record OwnDestination(String b32, String base64, String routerMode) {}

  record PingResult(double rttMillis) {}

  @GetMapping("/destination")
  OwnDestination destination() {
    Destination own = serving.destination();
    return new OwnDestination(
        own.base32(), own.base64(), properties.router().mode().toLowerCase(Locale.ROOT));
  }

  /**
   * Sends the body to an echo service. The answer waits in a file until it is complete, so that a
   * failure can still become a problem detail.
   */
  @PostMapping("/echo")
  void echo(HttpServletRequest request, HttpServletResponse response)
      throws IOException, InterruptedException {
    Parameters query = Parameters.ofQuery(request);
    I2PAddress address =
        peers.address(query.to(), port(query.get("port"), StreamServices.ECHO_PORT));
    Path answer = Files.createTempFile("echo-", ".bin");
    try {
      try (OutputStream out = Files.newOutputStream(answer)) {
        echo.run(address, request.getInputStream(), out);
      }
      String type = request.getContentType();
      response.setContentType(type == null ? MediaType.APPLICATION_OCTET_STREAM_VALUE : type);
      response.setContentLengthLong(Files.size(answer));
      Files.copy(answer, response.getOutputStream());
    } finally {
      Files.delete(answer);
    }
  }

  @PostMapping("/transfer")
  TransferResult transfer(HttpServletRequest request) throws IOException, InterruptedException {
    Parameters parameters = Parameters.of(request);
    String to = parameters.to();
    long bytes = bytes(parameters.get("bytes"));
    String port = parameters.get("port");
    String direction = parameters.get("direction");
    String chosen = direction == null ? directionOf(port) : direction;
    Integer usual = PORTS.get(chosen);
    if (usual == null) {
      throw new RefusedRequestException(
          "The parameter 'direction' is echo, up or down, and not '" + direction + "'.");
    }
    int chosenPort = port(port, usual);
    if (chosenPort != usual && PORTS.containsValue(chosenPort)) {
      throw new RefusedRequestException(
          "Port "
              + chosenPort
              + " does not serve the direction "
              + chosen
              + ": echo is port 7, up is port 9, down is port 19.");
    }
    I2PAddress address = peers.address(to, chosenPort);
    return switch (chosen) {
      case "up" -> transfers.up(address, bytes);
      case "down" -> transfers.down(address, bytes);
      default -> transfers.echo(address, bytes);
    };
  }

  @PostMapping("/ping")
  PingResult ping(HttpServletRequest request) throws IOException {
    I2PAddress address = peers.address(Parameters.of(request).to(), 0);
    return new PingResult(peers.ping(address).toNanos() / 1e6);
  }

  private static String directionOf(@Nullable String port) {
    int number = port(port, StreamServices.ECHO_PORT);
    for (Map.Entry<String, Integer> entry : PORTS.entrySet()) {
      if (entry.getValue() == number) {
        return entry.getKey();
      }
    }
    throw new RefusedRequestException(
        "The parameter 'direction' is needed with a port other than 7, 9 and 19.");
  }

  private static long bytes(@Nullable String text) {
    if (text == null) {
      return DEFAULT_BYTES;
    }
    try {
      long bytes = Long.parseLong(text);
      if (bytes >= 1 && bytes <= MAX_BYTES) {
        return bytes;
      }
    } catch (NumberFormatException e) {
      // Answered below, like a number out of range.
    }
    throw new RefusedRequestException(
        "The parameter 'bytes' is a number from 1 to " + MAX_BYTES + ", not '" + text + "'.");
  }

  private static int port(@Nullable String text, int byDefault) {
    if (text == null) {
      return byDefault;
    }
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new RefusedRequestException(
          "The parameter 'port' is a number from 0 to 65535, not '" + text + "'.", e);
    }
  }
}
