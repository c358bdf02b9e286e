package io.i2pstreaming.verification.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.link.TcpRouterAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Twenty minutes on a real Java router, whose leases last ten: streams that were open from the
 * beginning go on, and new ones can be opened, across at least two renewals of every lease set.
 * Takes too long for a build, so it runs only when it is asked for by name; CONTRIBUTING.md says
 * how. {@code -Dminutes=} shortens it, for those who change it.
 */
@Tag("interop")
@DisplayName("B2 past the lifetime of leases on a real Java router")
class JavaRouterLeases {
  private static final int MINUTES = Integer.getInteger("minutes", 20);
  private static final Duration SLACK = Duration.ofMinutes(5);
  private static final Duration DIAL_DEADLINE = Duration.ofMinutes(2);
  private static final long DIAL_BYTES = 100_000;
  private static final long TRICKLE_BYTES = (MINUTES * 60L + 10) * 1024;

  private record Route(String name, Peer from, Peer to) {}

  @Test
  @DisplayName("B2 streams stay open and new ones open, ours with ours and with the reference")
  void outlivesItsLeases() throws Exception {
    try (JavaRouterProcess router = JavaRouterProcess.started();
        I2cpRelay serverRelay = I2cpRelay.started(router.port, 1);
        I2cpRelay clientRelay = I2cpRelay.started(router.port, 2);
        I2cpRelay referenceRelay = I2cpRelay.started(router.port, 3);
        OurPeer server = OurPeer.start(address(serverRelay), List.of());
        OurPeer client = OurPeer.start(address(clientRelay), List.of());
        RemotePeer reference = RemotePeer.start(referenceRelay.port())) {
      List<Route> routes =
          List.of(
              new Route("ours to ours", client, server),
              new Route("ours to reference", client, reference),
              new Route("reference to ours", reference, server));
      List.of(server, reference).forEach(peer -> peer.serve(7, Service.ECHO));
      Map<String, I2cpRelay> relays =
          Map.of("server", serverRelay, "client", clientRelay, "reference", referenceRelay);

      run(routes, relays);

      assertThat(server.manager().state().reconnects()).isZero();
      assertThat(client.manager().state().reconnects()).isZero();
    }
  }

  private static void run(List<Route> routes, Map<String, I2cpRelay> relays) throws Exception {
    ExecutorService diallers = Executors.newFixedThreadPool(routes.size());
    try {
      List<Future<Report>> trickles = new ArrayList<>();
      for (Route route : routes) {
        trickles.add(diallers.submit(() -> dial(route, Exchange.TRICKLE, TRICKLE_BYTES)));
      }
      long startNanos = System.nanoTime();
      for (int minute : new int[] {0, MINUTES / 2, MINUTES * 3 / 4, MINUTES}) {
        awaitMinute(startNanos, minute, trickles);
        dialEach(routes);
        printState(minute, relays);
      }
      for (int i = 0; i < routes.size(); i++) {
        assertEchoed(routes.get(i), trickles.get(i).get(), TRICKLE_BYTES);
      }
    } finally {
      diallers.shutdownNow();
    }
    if (MINUTES >= 20) {
      // The first lease set of each session, and two that replaced it.
      assertThat(relays.values())
          .allSatisfy(
              relay ->
                  assertThat(relay.frames(I2cpRelay.CREATE_LEASE_SET2)).isGreaterThanOrEqualTo(3));
    }
  }

  private static void awaitMinute(long startNanos, int minute, List<Future<Report>> trickles)
      throws Exception {
    while (System.nanoTime() - startNanos < TimeUnit.MINUTES.toNanos(minute)) {
      for (Future<Report> trickle : trickles) {
        if (trickle.isDone()) {
          throw new AssertionError("a stream ended before minute " + minute + ": " + trickle.get());
        }
      }
      Tally.pause(Duration.ofSeconds(1));
    }
  }

  private static void dialEach(List<Route> routes) {
    for (Route route : routes) {
      assertEchoed(route, dial(route, Exchange.ECHO, DIAL_BYTES), DIAL_BYTES);
    }
  }

  private static Report dial(Route route, Exchange exchange, long bytes) {
    Duration deadline =
        exchange == Exchange.TRICKLE ? Duration.ofMinutes(MINUTES).plus(SLACK) : DIAL_DEADLINE;
    return route.from().dial(exchange, route.to().destination(), 7, bytes, 1, deadline);
  }

  private static void assertEchoed(Route route, Report report, long bytes) {
    assertThat(report.failure()).as(route.name()).isEmpty();
    assertThat(report.received()).as(route.name()).isEqualTo(bytes);
    assertThat(report.receivedSha256()).as(route.name()).isEqualTo(report.sentSha256());
  }

  private static void printState(int minute, Map<String, I2cpRelay> relays) {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    StringBuilder leaseSets = new StringBuilder();
    for (String name : List.of("server", "client", "reference")) {
      long count = relays.get(name).frames(I2cpRelay.CREATE_LEASE_SET2);
      leaseSets.append(' ').append(name).append(' ').append(count);
    }
    System.out.printf(
        "FIGURE JavaRouterLeases: minute %d: lease sets%s, heap %d KiB, %d threads%n",
        minute,
        leaseSets,
        (runtime.totalMemory() - runtime.freeMemory()) / 1024,
        Thread.activeCount());
  }

  private static TcpRouterAddress address(I2cpRelay relay) {
    return new TcpRouterAddress("127.0.0.1", relay.port());
  }
}
