package io.i2pstreaming.autoconfigure.site;

import io.i2pstreaming.StreamManager;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.link.RouterAddress;
import io.i2pstreaming.spring.site.I2PCallerFilter;
import io.i2pstreaming.spring.site.SiteGateway;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.WebApplicationContext;

/** An ordinary web application on Tomcat that knows how to tell what it was asked. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class SiteApplication {
  /** Starts it with the site published, on a free port, and waits until it can be dialled. */
  static ConfigurableApplicationContext start(RouterAddress router, String... arguments) {
    ConfigurableApplicationContext context =
        new SpringApplicationBuilder(SiteApplication.class)
            .initializers(starting -> starting.getBeanFactory().registerSingleton("router", router))
            .properties("server.port=0", "i2p.http.publish=true", "spring.main.banner-mode=off")
            .run(arguments);
    if (context instanceof WebApplicationContext web && web.getServletContext() != null) {
      addEcho(web);
    }
    awaitUp(context);
    return context;
  }

  /** Without leases a site is unreachable, and whoever dials is told so after seconds. */
  static void awaitUp(ConfigurableApplicationContext context) {
    StreamManager manager = context.getBean(SiteGateway.class).manager();
    try {
      if (!manager.awaitUp(Duration.ofMinutes(3))) {
        throw new IllegalStateException("no session: " + manager.state());
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void addEcho(WebApplicationContext web) {
    Object container =
        web.getServletContext() == null
            ? null
            : web.getServletContext().getAttribute(ServerContainer.class.getName());
    if (container instanceof ServerContainer sockets) {
      try {
        sockets.addEndpoint(ServerEndpointConfig.Builder.create(Echo.class, "/socket").build());
      } catch (jakarta.websocket.DeploymentException e) {
        throw new IllegalStateException(e);
      }
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

  @RestController
  static class Pages {
    final BlockingQueue<String> said = new LinkedBlockingQueue<>();

    @GetMapping("/caller")
    String caller(HttpServletRequest request) {
      Object caller = request.getAttribute(I2PCallerFilter.CALLER_ATTRIBUTE);
      return String.join(
          " ",
          String.valueOf(request.getHeader("X-I2P-DestB32")),
          String.valueOf(request.getHeader("X-I2P-DestHash")),
          String.valueOf(request.getHeader("x-i2p-destb64")),
          request.getRemoteAddr(),
          request.getRemoteHost(),
          caller instanceof Destination destination ? destination.base32() : "none");
    }

    @RequestMapping("/headers")
    Map<String, String> headers(HttpServletRequest request) {
      return describe(request);
    }

    static Map<String, String> describe(HttpServletRequest request) {
      Map<String, String> all = new TreeMap<>();
      for (String name : Collections.list(request.getHeaderNames())) {
        all.put(
            name.toLowerCase(Locale.ROOT),
            String.join("|", Collections.list(request.getHeaders(name))));
      }
      all.put("*url", request.getRequestURL().toString());
      all.put("*remote", request.getRemoteAddr());
      all.put("*method", request.getMethod());
      return all;
    }

    @GetMapping("/forwarding")
    void forward(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException {
      request.getRequestDispatcher("/headers").forward(request, response);
    }

    @GetMapping("/later")
    Callable<Map<String, String>> later(HttpServletRequest request) {
      return () -> describe(request);
    }

    @GetMapping("/plain")
    void plain(HttpServletResponse response) throws IOException {
      response.addHeader("Server", "secret software");
      response.addHeader("X-Powered-By", "secret");
      response.addHeader("Alt-Svc", "h2=\"example.com:443\"");
      response.addHeader("Set-Cookie", "a=b; Path=/");
      response.setContentType("text/plain");
      response.setContentLength(5);
      response.getOutputStream().write("plain".getBytes(StandardCharsets.US_ASCII));
    }

    @GetMapping("/redirect")
    void redirect(HttpServletResponse response) throws IOException {
      response.sendRedirect("/plain");
    }

    @GetMapping("/nothing")
    void nothing(HttpServletResponse response) {
      response.setStatus(204);
    }

    /** Sends a first line, and the second one only when the test has seen the first. */
    @GetMapping("/lines")
    void lines(HttpServletResponse response) throws IOException, InterruptedException {
      response.setContentType("text/plain");
      response.getOutputStream().write("first\n".getBytes(StandardCharsets.US_ASCII));
      response.flushBuffer();
      String next = said.poll(2, TimeUnit.MINUTES);
      response.getOutputStream().write((next + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    @PostMapping("/echo")
    void echo(HttpServletRequest request, HttpServletResponse response) throws IOException {
      response.setContentType("application/octet-stream");
      try (InputStream in = request.getInputStream()) {
        in.transferTo(response.getOutputStream());
      }
    }

    /** Answers without reading the body. */
    @PostMapping("/unread")
    void unread(HttpServletResponse response) {
      response.setStatus(403);
    }
  }
}
