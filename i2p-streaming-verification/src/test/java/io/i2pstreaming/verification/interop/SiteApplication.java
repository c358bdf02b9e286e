package io.i2pstreaming.verification.interop;

import io.i2pstreaming.identity.Destination;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A web application that knows nothing of I2P but the names of headers. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class SiteApplication {
  /** An echo over WebSocket at {@code /socket}. */
  static void addSocket(ServletContext servlets) throws DeploymentException {
    ServerContainer container =
        (ServerContainer) servlets.getAttribute(ServerContainer.class.getName());
    container.addEndpoint(ServerEndpointConfig.Builder.create(Echo.class, "/socket").build());
  }

  @RestController
  static class Pages {
    @GetMapping("/caller")
    String caller(
        @RequestHeader("X-I2P-DestB32") String b32,
        @RequestAttribute("io.i2pstreaming.caller") Destination caller) {
      return b32 + " " + caller.base32();
    }

    @GetMapping("/headers")
    Map<String, String> headers(HttpServletRequest request) {
      Map<String, String> all = new TreeMap<>();
      for (String name : Collections.list(request.getHeaderNames())) {
        all.put(
            name.toLowerCase(Locale.ROOT),
            String.join(",", Collections.list(request.getHeaders(name))));
      }
      return all;
    }

    @GetMapping("/bytes")
    void bytes(@RequestParam int count, @RequestParam long seed, HttpServletResponse response)
        throws IOException {
      response.setContentLength(count);
      PatternBytes pattern = new PatternBytes(seed);
      byte[] piece = new byte[8192];
      for (int left = count; left > 0; left -= piece.length) {
        pattern.fill(piece, 0, piece.length);
        response.getOutputStream().write(piece, 0, Math.min(left, piece.length));
      }
    }

    @PostMapping("/echo")
    byte[] echo(@RequestBody byte[] body) {
      return body;
    }
  }

  /** Says back what it hears. */
  public static final class Echo extends Endpoint {
    @Override
    public void onOpen(Session session, EndpointConfig config) {
      session.addMessageHandler(
          String.class,
          new MessageHandler.Whole<String>() {
            @Override
            public void onMessage(String text) {
              try {
                session.getBasicRemote().sendText("you said " + text);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            }
          });
    }
  }
}
