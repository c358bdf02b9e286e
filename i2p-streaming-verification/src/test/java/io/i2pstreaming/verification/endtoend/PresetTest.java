package io.i2pstreaming.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.PacketTrace;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamingOptions;
import io.i2pstreaming.embedded.EmbeddedRouter;
import io.i2pstreaming.embedded.NetworkConditions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A15 presets and profiles of running managers")
@Timeout(300)
class PresetTest {
  /** What a trace says of a first packet. */
  private static final Pattern FIRST_PACKET =
      Pattern.compile(
          "([0-9a-f]{8})>([0-9a-f]{8}) seq 0( ack \\d+)?( SYN[ A-Z]*?)( delay \\d+)? payload (\\d+)");

  private static final String NOBODY = "00000000";
  private static final int ANSWER_BYTES = 200_000;

  @TempDir Path folder;

  private record First(boolean dials, boolean interactive, int payload) {}

  private static StreamingOptions options(String... namesAndValues) {
    StreamingOptions.Builder builder = StreamingOptions.builder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      builder.set(namesAndValues[i], namesAndValues[i + 1]);
    }
    return builder.build();
  }

  /** The first packets of a trace, copies left out. */
  private static List<First> firstPackets(Path trace) throws IOException {
    Map<String, First> byId = new LinkedHashMap<>();
    String text = Files.readString(trace, StandardCharsets.ISO_8859_1);
    for (Matcher found = FIRST_PACKET.matcher(text); found.find(); ) {
      First first =
          new First(
              found.group(2).equals(NOBODY),
              found.group(4).contains(" INTERACTIVE"),
              Integer.parseInt(found.group(6)));
      byId.putIfAbsent(found.group(1), first);
    }
    return new ArrayList<>(byId.values());
  }

  private static void echo(I2PSocket socket, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    assertThat(socket.getInputStream().readNBytes(bytes.length)).isEqualTo(bytes);
  }

  private static void awaitWindow(I2PSocket socket, int packets) {
    World.await("a window of " + packets, () -> window(socket) == packets);
  }

  private static int window(I2PSocket socket) {
    return socket.stats().connection().windowPackets();
  }

  @Test
  void newStreamsGetTheNewOptionsAndOpenOnesKeepTheirs() throws Exception {
    Path file = folder.resolve("options.pcapng");
    try (World world = new World(NetworkConditions.perfect(), false);
        PacketTrace trace = world.client.trace(file)) {
      world.echo();
      StreamingOptions changed = options("profile", "interactive", "initialWindowSize", "20");
      I2PSocket open = world.connect();
      awaitWindow(open, 6);

      world.client.options(changed);
      assertThat(world.client.options()).isSameAs(changed);
      I2PSocket next = world.connect();
      awaitWindow(next, 20);
      // Before any data: on a busy machine a timer may halve a window that has some in flight.
      awaitWindow(open, 6);
      echo(next, "new options");
      echo(open, "old options");

      world.server.options(changed);
      I2PSocket answered = world.connect();
      echo(answered, "new options on both sides");
      assertThat(trace.isOver()).isFalse();
    }
    List<First> dialled = firstPackets(file).stream().filter(First::dials).toList();
    List<First> answers = firstPackets(file).stream().filter(first -> !first.dials).toList();
    assertThat(dialled).extracting(First::interactive).containsExactly(false, true, true);
    assertThat(answers).extracting(First::interactive).containsExactly(false, false, true);
  }

  @Test
  void httpSendsTheRequestInTheFirstPacketAndTheAnswerComesWhole() throws Exception {
    Path file = folder.resolve("http.pcapng");
    byte[] request =
        "GET / HTTP/1.1\r\nHost: example.i2p\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    NetworkConditions network =
        NetworkConditions.perfect().withLatency(Duration.ofMillis(20), Duration.ZERO);
    CompletableFuture<byte[]> sent = new CompletableFuture<>();
    try (World world = new World(network, false);
        PacketTrace trace = world.client.trace(file)) {
      StreamingOptions http = options("preset", "http");
      // A busy machine may stand still for as long as the preset waits for the request.
      StreamingOptions patient = http.toBuilder().set("connectDelay", "1m").build();
      assertThat(http.connectDelay()).isPositive();
      world.server.options(http);
      world.serve(
          socket -> {
            try (socket) {
              assertThat(socket.getInputStream().readNBytes(request.length)).isEqualTo(request);
              World.await("the preset's window", () -> window(socket) >= 10);
              world.router.conditions(network.withLoss(0.02, 0));
              sent.complete(World.send(socket.getOutputStream(), ANSWER_BYTES, 7));
            } catch (Throwable failure) {
              sent.completeExceptionally(failure);
              throw failure;
            }
          });
      try (I2PSocket socket = world.client.connect(world.target(), patient)) {
        socket.getOutputStream().write(request);
        socket.getOutputStream().flush();
        byte[] got = World.receive(socket.getInputStream(), ANSWER_BYTES);
        assertThat(got).isEqualTo(sent.get(1, TimeUnit.MINUTES));
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
      }
      assertThat(trace.isOver()).isFalse();
    }
    assertThat(firstPackets(file).get(0)).isEqualTo(new First(true, false, request.length));
  }

  @Test
  void realtimeAsksTheRouterForShortTunnelsUnlessTheSessionSaysOtherwise() throws Exception {
    try (EmbeddedRouter router = EmbeddedRouter.builder().build()) {
      router.start();
      WatchedRouter plain = new WatchedRouter(router);
      start(plain, options(), Map.of());
      assertThat(plain.timesWritten("inbound.length", 2)).isZero();

      WatchedRouter realtime = new WatchedRouter(router);
      start(realtime, options("preset", "realtime"), Map.of());
      assertThat(realtime.timesWritten("inbound.length", 2)).isEqualTo(1);
      assertThat(realtime.timesWritten("outbound.length", 2)).isEqualTo(1);

      WatchedRouter own = new WatchedRouter(router);
      start(own, options("preset", "realtime"), Map.of("inbound.length", "1"));
      assertThat(own.timesWritten("inbound.length", 2)).isZero();
      assertThat(own.timesWritten("inbound.length", 1)).isEqualTo(1);
      assertThat(own.timesWritten("outbound.length", 2)).isEqualTo(1);
    }
  }

  private static void start(
      WatchedRouter router, StreamingOptions options, Map<String, String> sessionOptions)
      throws Exception {
    try (StreamManager manager =
        StreamManager.builder()
            .router(router)
            .options(options)
            .sessionOptions(sessionOptions)
            .build()) {
      manager.start();
      assertThat(manager.awaitUp(Duration.ofMinutes(1))).isTrue();
    }
  }
}
