package io.i2pstreaming.verification.clients;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/**
 * Uses what Spring Boot builds, with each client that it may choose, for a site in I2P, for names
 * that nobody has and for redirects across the border, and tells whether a name was looked up.
 */
final class SpringLookUpWitness {
  private SpringLookUpWitness() {}

  /** An application with nothing of its own but the way to the router. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {
    @Bean
    Pair pair() throws Exception {
      return new Pair();
    }

    @Bean
    io.i2pstreaming.StreamManager client(Pair pair) {
      return pair.client;
    }
  }

  /** A client made of an interface. */
  interface Pages {
    @GetExchange("/declared")
    String page();
  }

  public static void main(String[] args) throws Exception {
    LookUpWitness.requireTheResolver();
    HttpServer clearNet =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    clearNet.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "http://somewhere.i2p/");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    clearNet.start();
    String url = "http://127.0.0.1:" + clearNet.getAddress().getPort() + "/";
    for (String client : List.of("http-components", "jetty", "reactor", "jdk", "simple")) {
      try (ConfigurableApplicationContext context =
          new SpringApplicationBuilder(Application.class)
              .web(WebApplicationType.NONE)
              .properties(
                  "spring.main.banner-mode=off",
                  "logging.level.root=warn",
                  "spring.http.clients.imperative.factory=" + client)
              .run()) {
        use(context, url);
      }
      System.out.println("used " + client);
    }
    clearNet.stop(0);
    List<String> lookUps =
        List.of(System.getProperty(LookUpWitness.PROPERTY, "").split(";")).stream()
            .filter(name -> name.contains("i2p"))
            .toList();
    System.out.println("look-ups of I2P: " + (lookUps.isEmpty() ? "none" : lookUps));
    System.exit(lookUps.isEmpty() ? 0 : 1);
  }

  private static void use(ConfigurableApplicationContext context, String clearNet)
      throws Exception {
    Pair pair = context.getBean(Pair.class);
    pair.serve(Clients.HTTP, PageServer::serve);
    RestClient client =
        context.getBean(RestClient.Builder.class).baseUrl("http://" + pair.host()).build();
    expect("/one of " + pair.host(), get(client, URI.create("http://" + pair.host() + "/one")));
    expect(
        "/declared of " + pair.host(),
        HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client))
            .build()
            .createClient(Pages.class)
            .page());
    expect(
        "/two of " + pair.host(),
        context
            .getBean(RestTemplateBuilder.class)
            .build()
            .getForObject("http://" + pair.host() + "/two", String.class));
    for (String nobody :
        List.of(
            "http://nobody-has-this-name.i2p/",
            "http://NOBODY-HAS-THIS-NAME.I2P.:8080/",
            "http://nobody.%69%32%70/",
            "http://under_score.i2p/",
            "http://i2p/",
            "http://i2p-of-another-net.i2p.alt/",
            "https://nobody-has-this-name.i2p/",
            clearNet)) {
      refused(client, URI.create(nobody));
    }
  }

  private static String get(RestClient client, URI uri) {
    return Objects.requireNonNull(client.get().uri(uri).retrieve().body(String.class));
  }

  private static void refused(RestClient client, URI uri) {
    try {
      get(client, uri);
    } catch (ResourceAccessException e) {
      return;
    }
    throw new IllegalStateException("answered: " + uri);
  }

  private static void expect(String expected, Object found) {
    if (!expected.equals(found)) {
      throw new IllegalStateException("expected " + expected + ", found " + found);
    }
  }
}
