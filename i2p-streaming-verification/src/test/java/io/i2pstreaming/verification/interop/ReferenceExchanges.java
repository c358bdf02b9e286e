package io.i2pstreaming.verification.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.link.RouterAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What we and the unmodified reference library must be able to do with each other on a network that
 * loses nothing, whatever the router.
 *
 * <p>Some streams of the reference never see, or never show, the end after a close, with any peer:
 * bytes are asserted for every stream, ends are counted and held against {@link #MOST}.
 */
@Tag("interop")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ReferenceExchanges {
  static final Duration DEADLINE = Duration.ofMinutes(3);
  static final long BYTES = 16 << 20;

  /**
   * An echo fills the reference's buffer again and again: it drops what comes then, says that it is
   * choked, and takes a while to say that it is not. On a busy machine that is most of the time.
   */
  private static final Duration ECHO_DEADLINE = Duration.ofMinutes(10);

  private static final int CONNECTS = 200;
  private static final int SMALL = 20;

  /** The reference misses up to 5 % of the ends; the rest is room for small numbers. */
  private static final double MOST = 0.5;

  /**
   * What the reference says of a stream that its peer has reset: that, or, where the reset came
   * while it wrote, that its packet could not be written.
   */
  static final String RESET_AS_IT_SAYS = "(?is).*(reset|not accepted into the queue).*";

  OurPeer ours;
  RemotePeer reference;

  /** Starts the router and says where we reach it. */
  abstract RouterAddress startRouter() throws Exception;

  /** Where the reference reaches it. */
  abstract int i2cpPort();

  abstract void stopRouter();

  @BeforeAll
  void start() throws Exception {
    ours = OurPeer.start(startRouter(), List.of());
    reference = RemotePeer.start(i2cpPort());
    for (Peer peer : List.of(ours, reference)) {
      peer.serve(7, Service.ECHO);
      peer.serve(9, Service.SINK);
      peer.serve(11, Service.ECHO);
      peer.serve(12, Service.ECHO);
      peer.serve(70, Service.CLOSE);
      peer.serve(71, Service.RESET);
      peer.serve(72, Service.HALF_CLOSE);
    }
  }

  @AfterAll
  void stop() throws IOException {
    if (reference != null) {
      reference.close();
    }
    if (ours != null) {
      ours.close();
    }
    stopRouter();
  }

  @Test
  @DisplayName("A4 it dials our echo: 16 MiB each way")
  void itDialsOurEcho() {
    assertEcho(reference, ours, BYTES);
  }

  @Test
  @DisplayName("A4 we dial its echo: 16 MiB each way")
  void weDialItsEcho() {
    assertEcho(ours, reference, BYTES);
  }

  @Test
  @DisplayName("A4 it dials our sink: 16 MiB")
  void itDialsOurSink() {
    assertSink(reference, ours, BYTES, DEADLINE);
  }

  @Test
  @DisplayName("A4 we dial its sink: 16 MiB")
  void weDialItsSink() {
    assertSink(ours, reference, BYTES, DEADLINE);
  }

  @Test
  @DisplayName("A1 we connect to it 200 times, with a small request and its response")
  void weConnectManyTimes() throws Exception {
    assertConnects(ours, reference);
  }

  @Test
  @DisplayName("A1 it connects to us 200 times, with a small request and its response")
  void itConnectsManyTimes() throws Exception {
    assertConnects(reference, ours);
  }

  @Test
  @DisplayName("A10 ping and pong, both ways")
  void pings() {
    assertThat(ours.ping(reference.destination(), 7, DEADLINE)).isGreaterThanOrEqualTo(0);
    assertThat(reference.ping(ours.destination(), 7, DEADLINE)).isGreaterThanOrEqualTo(0);
  }

  @Test
  @DisplayName("A8 we see its close")
  void weSeeItsClose() throws Exception {
    assertClose(ours, reference);
  }

  @Test
  @DisplayName("A8 it sees our close")
  void itSeesOurClose() throws Exception {
    assertClose(reference, ours);
  }

  @Test
  @DisplayName("A8 we see its reset, whoever dialled")
  void weSeeItsReset() throws Exception {
    for (Report report :
        ours.dialMany(SMALL, 4, Exchange.UNTIL_END, reference.destination(), 71, 10, DEADLINE)) {
      assertThat(report.failure()).startsWith("Reset:");
    }
    reference.dialMany(SMALL, 4, Exchange.RESET, ours.destination(), 12, 1000, DEADLINE);
    for (Report report : ours.servedMany(SMALL, 12, DEADLINE)) {
      assertThat(report.failure()).startsWith("Reset:");
      assertThat(report.received()).isEqualTo(1000);
    }
  }

  @Test
  @DisplayName("A8 it sees our reset, whoever dialled")
  void itSeesOurReset() throws Exception {
    for (Report report :
        reference.dialMany(SMALL, 4, Exchange.UNTIL_END, ours.destination(), 71, 10, DEADLINE)) {
      assertThat(report.failure()).matches(RESET_AS_IT_SAYS);
    }
    ours.dialMany(SMALL, 4, Exchange.RESET, reference.destination(), 12, 1000, DEADLINE);
    for (Report report : reference.servedMany(SMALL, 12, DEADLINE)) {
      assertThat(report.failure()).matches(RESET_AS_IT_SAYS);
      assertThat(report.received()).isEqualTo(1000);
    }
  }

  @Test
  @DisplayName("A8 we end our output first: it sees the end and answers, we read to its end")
  void weHalfClose() throws Exception {
    assertHalfClose(ours, reference);
  }

  @Test
  @DisplayName("A8 it ends its output first: we see the end and answer, it reads to our end")
  void itHalfCloses() throws Exception {
    assertHalfClose(reference, ours);
  }

  @Test
  @DisplayName("A8 a port that nobody serves is refused, not ignored")
  void refusesUnservedPort() {
    assertThat(
            ours.dial(Exchange.UNTIL_END, reference.destination(), 99, 10, 1, DEADLINE).failure())
        .matches("(Reset|Refused): .*");
    assertThat(
            reference.dial(Exchange.UNTIL_END, ours.destination(), 99, 10, 1, DEADLINE).failure())
        .containsIgnoringCase("reset");
  }

  final void assertEcho(Peer dialler, Peer server, long bytes) {
    Report report = dialler.dial(Exchange.ECHO, server.destination(), 7, bytes, 1, ECHO_DEADLINE);
    assertThat(report.failure()).as("%s", report).isEmpty();
    assertThat(report.sent()).isEqualTo(bytes);
    assertThat(report.received()).isEqualTo(bytes);
    assertThat(report.receivedSha256()).isEqualTo(report.sentSha256());
    figure(dialler, "dials, echoes " + bytes + " bytes, KB/s", report.kilobytesPerSecond());
    server.served(7, DEADLINE);
  }

  final void assertSink(Peer dialler, Peer server, long bytes, Duration deadline) {
    Report up = dialler.dial(Exchange.UP, server.destination(), 9, bytes, 2, deadline);
    assertThat(up.failure()).isEmpty();
    assertThat(up.sent()).isEqualTo(bytes);
    Report sink = server.served(9, DEADLINE);
    assertThat(sink.received()).isEqualTo(bytes);
    assertThat(sink.receivedSha256()).isEqualTo(up.sentSha256());
    figure(dialler, "sends " + bytes + " bytes, KB/s at the receiver", sink.kilobytesPerSecond());
  }

  private void assertConnects(Peer dialler, Peer server) throws Exception {
    long startNanos = System.nanoTime();
    List<Report> dialled =
        dialler.dialMany(CONNECTS, 8, Exchange.ECHO, server.destination(), 11, 100, DEADLINE);
    long millis = (System.nanoTime() - startNanos) / 1_000_000;
    for (Report report : dialled) {
      assertThat(report.failure()).isEmpty();
      assertThat(report.received()).isEqualTo(100);
    }
    List<Report> served = server.servedMany(CONNECTS, 11, DEADLINE);
    assertThat(served).allSatisfy(report -> assertThat(report.received()).isEqualTo(100));
    figure(dialler, "connects with 8 at once, per second", CONNECTS * 1000L / millis);
    assertEnds(dialler, "connects", dialled);
  }

  private void assertClose(Peer dialler, Peer server) throws Exception {
    List<Report> dialled =
        dialler.dialMany(SMALL, 4, Exchange.UNTIL_END, server.destination(), 70, 0, DEADLINE);
    for (Report report : dialled) {
      assertThat(report.failure()).isEmpty();
      assertThat(report.received()).isZero();
    }
    assertEnds(dialler, "closes", dialled);
    server.servedMany(SMALL, 70, DEADLINE);
  }

  private void assertHalfClose(Peer dialler, Peer server) throws Exception {
    int bytes = 100_000;
    List<Report> dialled =
        dialler.dialMany(SMALL, 4, Exchange.HALF_CLOSE, server.destination(), 72, bytes, DEADLINE);
    for (Report report : dialled) {
      assertThat(report.failure()).isEmpty();
      assertThat(report.received()).isEqualTo(32 + bytes);
    }
    List<Report> served = server.servedMany(SMALL, 72, DEADLINE);
    for (Report report : served) {
      assertThat(report.failure()).isEmpty();
      assertThat(report.received()).isEqualTo(16 + bytes);
      assertThat(report.sent()).isEqualTo(32 + bytes);
    }
    assertEnds(dialler, "half-closes, at the server", served);
    assertEnds(dialler, "half-closes, at the dialler", dialled);
  }

  private void assertEnds(Peer dialler, String what, List<Report> reports) {
    long seen = reports.stream().filter(Report::endSeen).count();
    figure(dialler, what + ", ends seen of " + reports.size(), seen);
    assertThat((double) seen).isGreaterThanOrEqualTo(MOST * reports.size());
  }

  final void figure(Peer dialler, String what, long value) {
    System.out.printf(
        "FIGURE %s: %s %s: %d%n",
        getClass().getSimpleName(), dialler == ours ? "we" : "reference", what, value);
  }
}
