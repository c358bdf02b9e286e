package io.i2pstreaming.verification.interop;

import io.i2pstreaming.embedded.EmbeddedRouter;
import io.i2pstreaming.embedded.NetworkConditions;
import io.i2pstreaming.link.TcpRouterAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Prints how fast we and the reference library send over the same networks, in one run: each to
 * itself, both by TCP through the embedded router. Measures and asserts nothing, so it runs only
 * when it is asked for by name; the README says how.
 */
@Tag("interop")
@DisplayName("Goodput side by side")
class SideBySide {
  private static final long BYTES = 4 << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration ONE_WAY = Duration.ofMillis(100);
  private static final List<Double> LOSSES = List.of(0.0, 0.01, 0.05, 0.10);

  @Test
  void sendFourMebibytes() throws Exception {
    try (EmbeddedRouter router = EmbeddedRouter.builder().seed(1).port(0).build()) {
      router.start();
      TcpRouterAddress address = new TcpRouterAddress("127.0.0.1", router.port());
      try (Peer ourSender = OurPeer.start(address, List.of());
          Peer ourReceiver = OurPeer.start(address, List.of());
          Peer referenceSender = RemotePeer.start(router.port());
          Peer referenceReceiver = RemotePeer.start(router.port())) {
        System.out.println("| RTT, loss each way | ours, KB/s | reference 2.7.0, KB/s | ratio |");
        System.out.println("|---|---|---|---|");
        row(router, ourSender, ourReceiver, referenceSender, referenceReceiver);
      }
    }
  }

  /** The reference as the sender: what our acknowledgements make of it. */
  @Test
  void receiveFromTheReference() throws Exception {
    try (EmbeddedRouter router = EmbeddedRouter.builder().seed(1).port(0).build()) {
      router.start();
      TcpRouterAddress address = new TcpRouterAddress("127.0.0.1", router.port());
      try (Peer ours = OurPeer.start(address, List.of());
          Peer sender = RemotePeer.start(router.port());
          Peer receiver = RemotePeer.start(router.port())) {
        System.out.println("| RTT, loss each way | reference to ours, KB/s | to itself, KB/s |");
        System.out.println("|---|---|---|");
        int port = 2000;
        for (double loss : LOSSES) {
          router.conditions(
              new NetworkConditions(ONE_WAY, Duration.ZERO, loss, 0, 0, 0, 0, 0, 1 << 20));
          port++;
          System.out.printf(
              "| %d ms, %.0f %% | %.0f | %.0f |%n",
              2 * ONE_WAY.toMillis(),
              100 * loss,
              kilobytesPerSecond(sender, ours, port),
              kilobytesPerSecond(sender, receiver, port));
        }
      }
    }
  }

  private static void row(
      EmbeddedRouter router, Peer ourSender, Peer ourReceiver, Peer sender, Peer receiver) {
    int port = 1000;
    for (double loss : LOSSES) {
      router.conditions(
          new NetworkConditions(ONE_WAY, Duration.ZERO, loss, 0, 0, 0, 0, 0, 1 << 20));
      port++;
      double ours = kilobytesPerSecond(ourSender, ourReceiver, port);
      double reference = kilobytesPerSecond(sender, receiver, port);
      System.out.printf(
          "| %d ms, %.0f %% | %.0f | %.0f | %.1f |%n",
          2 * ONE_WAY.toMillis(), 100 * loss, ours, reference, ours / reference);
    }
  }

  /** Of what arrived within the time, when not all did. */
  private static double kilobytesPerSecond(Peer sender, Peer receiver, int port) {
    receiver.serve(port, Service.SINK);
    long begin = System.nanoTime();
    sender.dial(Exchange.UP, receiver.destination(), port, BYTES, port, PATIENCE);
    Report sink = receiver.served(port, PATIENCE);
    double seconds = Math.min(PATIENCE.toNanos(), System.nanoTime() - begin) / 1e9;
    return sink.received() / 1e3 / (sink.millis() > 0 ? sink.millis() / 1e3 : seconds);
  }
}
