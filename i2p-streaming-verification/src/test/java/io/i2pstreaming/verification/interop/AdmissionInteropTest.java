package io.i2pstreaming.verification.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamingException;
import io.i2pstreaming.embedded.EmbeddedRouter;
import io.i2pstreaming.endpoint.AccessList;
import io.i2pstreaming.endpoint.ConnectionLimits;
import io.i2pstreaming.endpoint.Rejections;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A refused dial or ping of the reference must look to it as from a server of its own kind: so the
 * same refusals are also seen by us at a reference server.
 */
@Tag("interop")
@DisplayName("A12 A13 refused by lists and limits: the reference by us, and we by it")
class AdmissionInteropTest {
  private static final Duration DEADLINE = Duration.ofMinutes(3);

  /** How long silence is listened to; nothing is lost on this network. */
  private static final Duration BRIEF = Duration.ofSeconds(3);

  private static final int PORT = 7;
  private static final int BYTES = 100;

  private static EmbeddedRouter router;
  private static OurPeer ours;
  private static RemotePeer reference;

  private final List<RemotePeer> servers = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    router = EmbeddedRouter.builder().seed(5).port(0).build();
    router.start();
    ours = OurPeer.start(router, List.of());
    ours.serve(PORT, Service.ECHO);
    reference = RemotePeer.start(router.port());
  }

  @AfterAll
  static void stop() throws IOException {
    if (reference != null) {
      reference.close();
    }
    if (ours != null) {
      ours.close();
    }
    if (router != null) {
      router.close();
    }
  }

  @AfterEach
  void admitEverybody() throws IOException {
    StreamManager manager = ours.manager();
    manager.accessList(AccessList.OFF);
    manager.blacklist("");
    manager.limits(ConnectionLimits.NONE);
    for (RemotePeer server : servers) {
      server.close();
    }
  }

  /** Our figures come from the loop, after the change of rules that was asked for before. */
  private static void settled() {
    assertThat(ours.manager().stats()).isNotNull();
  }

  private static Report itDials(Duration deadline) {
    return reference.dial(Exchange.UNTIL_END, ours.destination(), PORT, 0, 1, deadline);
  }

  private static void assertItIsServed() {
    Report echo = reference.dial(Exchange.ECHO, ours.destination(), PORT, BYTES, 1, DEADLINE);
    assertThat(echo.failure()).isEmpty();
    assertThat(echo.receivedSha256()).isEqualTo(echo.sentSha256());
    ours.served(PORT, DEADLINE);
  }

  private static void assertItHearsNothing() {
    Report report = itDials(BRIEF);
    assertThat(report.failure()).isNotEmpty().doesNotContainIgnoringCase("reset");
    assertThat(report.received()).isZero();
    assertThat(reference.ping(ours.destination(), PORT, BRIEF)).isEqualTo(-1);
  }

  /** The same, and what it sent came here and was refused: before the rules change again. */
  private static void assertItIsRefusedInSilence() {
    Rejections before = ours.manager().stats().rejections();
    assertItHearsNothing();
    long startNanos = System.nanoTime();
    Rejections now = ours.manager().stats().rejections();
    while (now.access() == before.access() || now.pingsAccess() == before.pingsAccess()) {
      assertThat(System.nanoTime() - startNanos).as("%s", now).isLessThan(DEADLINE.toNanos());
      LockSupport.parkNanos(20_000_000);
      now = ours.manager().stats().rejections();
    }
  }

  private static void assertItReads(String text) throws Exception {
    Report report = itDials(DEADLINE);
    assertThat(report.received()).isEqualTo(text.length());
    assertThat(report.receivedSha256()).isEqualToIgnoringCase(sha256(text));
    assertThat(report.endSeen()).isTrue();
  }

  private static String sha256(String text) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static ConnectionLimits onePerDay(String action) {
    return ConnectionLimits.NONE.with("maxConnsPerDay", "1").with("limitAction", action);
  }

  @Test
  @DisplayName("A12 whom our lists refuse hears nothing, neither a dial nor a ping")
  void itIsOnAList() {
    assertItIsServed();
    ours.manager().accessList(AccessList.deny(reference.destination()));
    settled();
    assertItIsRefusedInSilence();
    ours.manager().accessList(AccessList.OFF);
    ours.manager().blacklist(reference.destination());
    settled();
    assertItIsRefusedInSilence();
    ours.manager().blacklist("");
    settled();
    assertThat(reference.ping(ours.destination(), PORT, DEADLINE)).isNotNegative();
    assertItIsServed();
  }

  @Test
  @DisplayName("A13 over a limit it is reset, reads a 429, reads a text, and then hears nothing")
  void itIsOverALimit() throws Exception {
    ours.manager().limits(onePerDay("reset"));
    settled();
    assertItIsServed();

    Report reset = itDials(DEADLINE);
    assertThat(reset.failure()).containsIgnoringCase("reset");
    assertThat(reset.received()).isZero();

    ours.manager().limits(onePerDay("http"));
    settled();
    Report http = itDials(DEADLINE);
    assertThat(http.received()).isPositive();
    assertThat(http.endSeen()).isTrue();
    String page = weReadOverTheLimit();
    assertThat(page).startsWith("HTTP/1.1 429 ").contains("\r\nRetry-After: 86400\r\n");
    assertThat(http.receivedSha256()).isEqualToIgnoringCase(sha256(page));

    ours.manager().limits(onePerDay("Not today.\\r\\n"));
    settled();
    assertItReads("Not today.\r\n");

    assertItHearsNothing();
    ours.manager().limits(ConnectionLimits.NONE);
    settled();
    assertItIsServed();
    assertThat(reference.ping(ours.destination(), PORT, DEADLINE)).isNotNegative();
  }

  /** What another client of ours reads on its second stream, the first one being allowed. */
  private static String weReadOverTheLimit() throws Exception {
    OurPeer client = OurPeer.start(router, List.of());
    try {
      Report echo = client.dial(Exchange.ECHO, ours.destination(), PORT, BYTES, 1, DEADLINE);
      assertThat(echo.failure()).isEmpty();
      ours.served(PORT, DEADLINE);
      return read(client, ours.destination());
    } finally {
      client.close();
    }
  }

  private static String read(OurPeer client, String destination) throws IOException {
    try (I2PSocket socket = client.manager().connect(I2PAddress.parse(destination, PORT))) {
      socket.setSoTimeout((int) DEADLINE.toMillis());
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private RemotePeer server(String... options) throws IOException {
    RemotePeer server = RemotePeer.start(router.port(), List.of(options));
    servers.add(server);
    server.serve(PORT, Service.ECHO);
    return server;
  }

  private static void assertWeAreServed(RemotePeer server) {
    Report echo = ours.dial(Exchange.ECHO, server.destination(), PORT, BYTES, 1, DEADLINE);
    assertThat(echo.failure()).isEmpty();
    server.served(PORT, DEADLINE);
  }

  @Test
  @DisplayName("A13 at a reference server over its limit we are reset")
  void weAreResetByTheReference() throws Exception {
    RemotePeer server = server("i2p.streaming.maxConnsPerDay=1");
    assertWeAreServed(server);
    Report report = ours.dial(Exchange.UNTIL_END, server.destination(), PORT, 0, 1, DEADLINE);
    assertThat(report.failure()).startsWith("Refused: ");
  }

  @Test
  @DisplayName("A13 at a reference server over its limit we read a 429, and then hear nothing")
  void weReadThePageOfTheReference() throws Exception {
    RemotePeer server = server("i2p.streaming.maxConnsPerDay=1", "i2p.streaming.limitAction=http");
    assertWeAreServed(server);
    for (int over = 1; over <= 3; over++) {
      assertThat(read(ours, server.destination()))
          .startsWith("HTTP/1.1 429 ")
          .contains("\r\nRetry-After: 86400\r\n");
    }
    assertWeHearNothing(server);
  }

  @Test
  @DisplayName("A12 at a reference server whose list refuses us we hear nothing")
  void weAreOnAListOfTheReference() throws Exception {
    RemotePeer server =
        server(
            "i2cp.enableBlackList=true",
            "i2cp.accessList=" + ours.manager().destination().base32());
    assertWeHearNothing(server);
  }

  private static void assertWeHearNothing(RemotePeer server) {
    assertThatExceptionOfType(StreamingException.ConnectTimeout.class)
        .isThrownBy(() -> ours.open(server.destination(), PORT, BRIEF));
    assertThat(ours.ping(server.destination(), PORT, BRIEF)).isEqualTo(-1);
  }
}
