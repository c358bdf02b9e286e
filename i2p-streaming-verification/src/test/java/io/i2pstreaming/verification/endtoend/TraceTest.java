package io.i2pstreaming.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.PacketTrace;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamingException;
import io.i2pstreaming.embedded.NetworkConditions;
import io.i2pstreaming.verification.trace.Tshark;
import io.i2pstreaming.verification.trace.Tshark.Frame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A22 traces as Wireshark sees them")
@Timeout(300)
class TraceTest {
  private static final long BYTES = 256 << 10;

  private static final HexFormat HEX = HexFormat.of();

  @TempDir Path folder;

  /** Digests, in hexadecimal, of what went up and down. */
  private record Exchanged(String up, String down) {}

  /** So many bytes each way at the same time, then the end. */
  private static Exchanged exchange(World world, I2PSocket dialled, long bytes) throws Exception {
    try (dialled;
        I2PSocket accepted = world.listener.accept()) {
      Future<byte[]> up = world.run(() -> World.send(dialled.getOutputStream(), bytes, 1));
      Future<byte[]> down = world.run(() -> World.send(accepted.getOutputStream(), bytes, 2));
      Future<byte[]> upGot = world.run(() -> World.receive(accepted.getInputStream(), bytes));
      byte[] downGot = World.receive(dialled.getInputStream(), bytes);
      assertThat(upGot.get()).isEqualTo(up.get());
      assertThat(downGot).isEqualTo(down.get());
      return new Exchanged(HEX.formatHex(up.get()), HEX.formatHex(down.get()));
    }
  }

  private static void assertSound(List<Frame> frames) {
    assertThat(frames).isNotEmpty();
    for (Frame frame : frames) {
      String what = "frame " + frame.field("frame.number") + ", " + frame.field("frame.comment");
      assertThat(frame.field("ip.checksum.status")).as(what).isEqualTo("1");
      String inner = frame.has("tcp.stream") ? "tcp" : "icmp";
      assertThat(frame.field(inner + ".checksum.status")).as(what).isEqualTo("1");
      assertThat(frame.has("_ws.malformed")).as(what).isFalse();
      assertThat(frame.has("tcp.analysis.ack_lost_segment")).as(what).isFalse();
      assertThat(frame.field("frame.comment")).as(what).contains(" payload ");
    }
  }

  private static void assertPayload(Tshark tshark, int conversation, Exchanged exchanged)
      throws Exception {
    Tshark.Payload payload = tshark.follow(conversation);
    assertThat(sha256(payload.fromFirst())).as("from the dialler").isEqualTo(exchanged.up);
    assertThat(sha256(payload.fromSecond())).as("from the server").isEqualTo(exchanged.down);
  }

  /** On a busy machine a timer may fire although nothing is lost. */
  private static long sentAgain(StreamManager manager) {
    return manager.stats().messagesRetried();
  }

  private static String sha256(String hex) throws Exception {
    return HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(HEX.parseHex(hex)));
  }

  @Test
  void aSessionIsATcpConversationForEachStreamAndAnEchoForEachPing() throws Exception {
    Path file = folder.resolve("session.pcapng");
    try (World world = new World(NetworkConditions.perfect(), false)) {
      Exchanged one;
      Exchanged two;
      PacketTrace trace = world.client.trace(file);
      try (trace) {
        one = exchange(world, world.connect(), 40_960);
        two = exchange(world, world.connect(), 8192);
        world.client.ping(world.target(), Duration.ofMinutes(1));
        World.await("both streams end", () -> world.client.streams().isEmpty());
      }
      assertThat(trace.isOver()).isTrue();
      assertThat(trace.missing()).isZero();
      if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo("rw-------");
      }
      Tshark tshark = new Tshark(file);
      List<Frame> frames = tshark.frames();
      assertSound(frames);
      assertThat(tshark.conversations()).isEqualTo(2);
      assertPayload(tshark, 0, one);
      assertPayload(tshark, 1, two);
      if (sentAgain(world.client) + sentAgain(world.server) == 0) {
        assertThat(frames).noneMatch(frame -> frame.has("tcp.analysis.retransmission"));
      }
      assertThat(frames).noneMatch(frame -> frame.has("tcp.analysis.lost_segment"));
      assertThat(frames.get(0).field("tcp.flags.str")).contains("S").doesNotContain("A");
      assertThat(frames.get(1).field("tcp.flags.str")).contains("A··S");
      assertThat(frames.get(1).field("tcp.srcport")).isEqualTo(String.valueOf(World.PORT));
      assertThat(frames).anyMatch(frame -> frame.field("tcp.flags.str").contains("F"));
      assertThat(frames).anyMatch(frame -> frame.field("icmp.type").equals("8"));
      assertThat(frames).anyMatch(frame -> frame.has("icmp.resp_to"));
      assertThat(Files.readAllBytes(file)).hasSizeGreaterThan(2 * (40_960 + 8192));
    }
  }

  @Test
  void fromBothEndsOfALossyNetworkThePayloadIsWhole() throws Exception {
    NetworkConditions network =
        NetworkConditions.perfect()
            .withLatency(Duration.ofMillis(20), Duration.ofMillis(8))
            .withLoss(0.05, 0)
            .withFaults(0.01, 0.02, 0);
    Path client = folder.resolve("client.pcapng");
    Path server = folder.resolve("server.pcapng");
    try (World world = new World(network, false)) {
      Exchanged exchanged;
      try (PacketTrace ours = world.client.trace(client);
          PacketTrace theirs = world.server.trace(server)) {
        exchanged = exchange(world, world.connect(), BYTES);
        World.await("the stream ends", () -> world.client.streams().isEmpty());
        assertThat(ours.missing() + theirs.missing()).isZero();
      }
      assertThat(world.router.stats().lost()).isPositive();
      for (Path file : List.of(client, server)) {
        Tshark tshark = new Tshark(file);
        List<Frame> frames = tshark.frames();
        assertSound(frames);
        assertThat(tshark.conversations()).isEqualTo(1);
        assertPayload(tshark, 0, exchanged);
        assertThat(frames.stream().filter(f -> f.has("tcp.analysis.retransmission")).count())
            .as("retransmissions that Wireshark sees in " + file.getFileName())
            .isPositive();
        assertThat(frames).anyMatch(frame -> frame.has("tcp.options.sack_le"));
        assertThat(frames).noneMatch(frame -> frame.field("frame.comment").contains("estimated"));
      }
    }
  }

  @Test
  void oneStreamAloneFromTheMomentOn() throws Exception {
    Path file = folder.resolve("stream.pcapng");
    try (World world = new World(NetworkConditions.perfect(), false)) {
      world.echo();
      byte[] request = "seen by nobody else".getBytes(StandardCharsets.UTF_8);
      try (I2PSocket traced = world.connect();
          I2PSocket other = world.connect()) {
        other.getOutputStream().write(7);
        assertThat(other.getInputStream().read()).isEqualTo(7);
        try (PacketTrace trace = traced.trace(file)) {
          other.getOutputStream().write(8);
          assertThat(other.getInputStream().read()).isEqualTo(8);
          traced.getOutputStream().write(request);
          assertThat(traced.getInputStream().readNBytes(request.length)).isEqualTo(request);
          assertThat(trace.isOver()).isFalse();
        }
      }
      Tshark tshark = new Tshark(file);
      assertSound(tshark.frames());
      assertThat(tshark.conversations()).isEqualTo(1);
      assertThat(tshark.follow(0).fromFirst()).isEqualTo(HEX.formatHex(request));
      assertThat(tshark.follow(0).fromSecond()).isEqualTo(HEX.formatHex(request));
    }
  }

  @Test
  void aTraceEndsAtItsSizeAndWithItsManager() throws Exception {
    Path small = folder.resolve("small.pcapng");
    Path whole = folder.resolve("whole.pcapng");
    int limit = 20_000;
    Files.write(small, new byte[100_000]);
    PacketTrace limited;
    PacketTrace unlimited;
    try (World world = new World(NetworkConditions.perfect(), false)) {
      limited = world.client.trace(small, limit);
      unlimited = world.client.trace(whole);
      exchange(world, world.connect(), 40_960);
      World.await("the small one is full", limited::isOver);
      assertThat(unlimited.isOver()).isFalse();
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> world.client.trace(folder.resolve("missing/x.pcapng")));
    }
    assertThat(unlimited.isOver()).isTrue();
    limited.close();
    unlimited.close();
    assertThat(Files.size(small)).isBetween(limit / 2L, (long) limit);
    assertThat(Files.readString(small, StandardCharsets.ISO_8859_1))
        .contains("the trace ends here: its file may have " + limit + " bytes");
    assertThat(new Tshark(small).frames()).hasSize((int) limited.packets());
    assertThat(new Tshark(whole).frames()).hasSize((int) unlimited.packets());
  }

  @Test
  void aClosedManagerTakesNoTrace() throws Exception {
    World world = new World(NetworkConditions.perfect(), false);
    world.close();
    assertThatExceptionOfType(StreamingException.class)
        .isThrownBy(() -> world.client.trace(folder.resolve("late.pcapng")));
  }
}
