package io.i2pstreaming.verification.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.StreamManager;
import io.i2pstreaming.embedded.EmbeddedRouter;
import io.i2pstreaming.link.RouterAddress;
import io.i2pstreaming.verification.newcomer.EchoApplication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * {@link EchoApplication} and nothing else, from its start to the first echo. What it is told when
 * the embedded router's module is missing, {@code BareApplicationTest} shows.
 */
@DisplayName("D1 D2 a newcomer's path")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class NewcomerTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int PORT = 7;

  /** As from the command line. */
  private static ConfigurableApplicationContext run(String... arguments) {
    return new SpringApplicationBuilder(EchoApplication.class)
        .web(WebApplicationType.NONE)
        .run(arguments);
  }

  @Test
  void onTheEmbeddedRouter() throws Exception {
    long start = System.nanoTime();
    try (ConfigurableApplicationContext application = run("--i2p.router.mode=embedded")) {
      assertThat(application.getBean(EmbeddedRouter.class)).isNotNull();
      assertEchoes("embedded router", start, application);
    }
  }

  /** Offline, a router builds no tunnels with other routers in them. */
  @Test
  @Tag("interop")
  void onARealJavaRouter() throws Exception {
    try (JavaRouterProcess router = JavaRouterProcess.started()) {
      long start = System.nanoTime();
      List<String> arguments = new ArrayList<>();
      arguments.add("--i2p.router.port=" + router.port);
      for (String option : RemotePeer.LOCAL_OPTIONS) {
        arguments.add("--i2p.session.options." + option);
      }
      try (ConfigurableApplicationContext application = run(arguments.toArray(String[]::new))) {
        assertEchoes("Java router 2.7.0", start, application);
      }
    }
  }

  /** A stranger on the same router dials, as soon as the application can be reached. */
  private static void assertEchoes(
      String router, long startNanos, ConfigurableApplicationContext application) throws Exception {
    StreamManager serving = application.getBean(StreamManager.class);
    assertThat(serving.awaitUp(PATIENCE)).isTrue();
    try (OurPeer stranger = OurPeer.start(application.getBean(RouterAddress.class), List.of())) {
      String destination = serving.destination().base64();
      assertEchoes(stranger.dial(Exchange.ECHO, destination, PORT, 5, 1, PATIENCE));
      System.out.printf(
          "FIGURE newcomer, %s: %.1f s from the application's start to the first echo%n",
          router, (System.nanoTime() - startNanos) / 1e9);
      assertEchoes(stranger.dial(Exchange.ECHO, destination, PORT, 1 << 20, 2, PATIENCE));
    }
  }

  private static void assertEchoes(Report echo) {
    assertThat(echo.failure()).isEmpty();
    assertThat(echo.received()).isEqualTo(echo.sent()).isPositive();
    assertThat(echo.receivedSha256()).isEqualTo(echo.sentSha256());
  }
}
