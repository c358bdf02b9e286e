package io.i2pstreaming.verification.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.embedded.EmbeddedRouter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Readers that stop for 30 seconds while more is on its way than anyone buffers, then go on: with
 * large packets and with small ones, ours and the reference's on either side, all at once because
 * each lasts so long.
 */
@Tag("interop")
@DisplayName("A7 a reader that stops for 30 s and resumes")
class EmbeddedRouterChokeTest {
  private static final Duration DEADLINE = Duration.ofMinutes(5);
  private static final long LARGE_BYTES = 4 << 20;

  /** More packets than the reference's 128 of its receive window and than any send window. */
  private static final long SMALL_BYTES = 200_000;

  /** One dial; the port tells its server's reports apart. */
  private record Transfer(
      String name, Peer sender, Peer receiver, int port, Exchange exchange, long bytes) {
    Report send() {
      return sender.dial(exchange, receiver.destination(), port, bytes, port, DEADLINE);
    }

    void check(Report sent) {
      assertThat(sent.failure()).as(name).isEmpty();
      assertThat(sent.sent()).as(name).isEqualTo(bytes);
      Report got = receiver.served(port, DEADLINE);
      assertThat(got.received()).as(name).isEqualTo(bytes);
      assertThat(got.receivedSha256()).as(name).isEqualTo(sent.sentSha256());
      assertThat(got.millis()).as(name).isGreaterThanOrEqualTo(Tally.PAUSE.toMillis());
      System.out.printf("FIGURE %s: %d bytes, %d ms at the receiver%n", name, bytes, got.millis());
    }
  }

  @Test
  @DisplayName("A7 large and small packets, both ways with the reference, and ours with ours")
  void everythingArrivesIntact() throws Exception {
    try (EmbeddedRouter router = EmbeddedRouter.builder().seed(5).port(0).build()) {
      router.start();
      try (OurPeer ours = OurPeer.start(router, List.of());
          OurPeer alsoOurs = OurPeer.start(router, List.of());
          RemotePeer reference = RemotePeer.start(router.port())) {
        transferAll(
            List.of(
                new Transfer("we send large", ours, reference, 1, Exchange.UP, LARGE_BYTES),
                new Transfer("we send small", ours, reference, 2, Exchange.UP_SMALL, SMALL_BYTES),
                new Transfer("it sends large", reference, ours, 3, Exchange.UP, LARGE_BYTES),
                new Transfer("it sends small", reference, ours, 4, Exchange.UP_SMALL, SMALL_BYTES),
                new Transfer("ours large", ours, alsoOurs, 5, Exchange.UP, LARGE_BYTES),
                new Transfer("ours small", ours, alsoOurs, 6, Exchange.UP_SMALL, SMALL_BYTES)));
      }
    }
  }

  private static void transferAll(List<Transfer> transfers) throws Exception {
    ExecutorService diallers = Executors.newFixedThreadPool(transfers.size());
    try {
      List<Future<Report>> running = new ArrayList<>();
      for (Transfer transfer : transfers) {
        transfer.receiver().serve(transfer.port(), Service.PAUSED_SINK);
        running.add(diallers.submit(transfer::send));
      }
      for (int i = 0; i < transfers.size(); i++) {
        transfers.get(i).check(running.get(i).get());
      }
    } finally {
      diallers.shutdownNow();
    }
  }
}
