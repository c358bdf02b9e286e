package io.i2pstreaming.verification.i2cp;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.i2cp.FrameOutput;
import io.i2pstreaming.i2cp.I2cpClient;
import io.i2pstreaming.i2cp.MessageType;
import io.i2pstreaming.i2cp.SessionOptions;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.DestinationKeys;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** 100,000 frames that no honest router sends. Fails by an exception, or by what is left over. */
@DisplayName("B2 garbage from the router")
class I2cpGarbageTest {
  private static final int HARMLESS = 60_000;
  private static final int ANY = 40_000;
  private static final int MAX_OUTSTANDING_LOOKUPS = 256;
  private static final int SESSION = 0x1234;
  private static final long SECOND = 1_000_000_000L;

  private static final List<String> REAL =
      List.of(
          "SetDate",
          "SessionStatus",
          "RequestVariableLeaseSet",
          "MessagePayload",
          "MessageStatus",
          "HostReply ok",
          "HostReply fail",
          "DestReply",
          "Disconnect",
          "BandwidthLimits",
          "ReconfigureSession",
          "SendMessage to",
          "GetDate",
          "DestroySession",
          "BlindingInfo PSK");

  private final DestinationKeys keys = Vectors.keys("online");
  private final Destination peer = Vectors.destination();
  private final Map<String, Integer> counts = new TreeMap<>();

  /** What costs a message at most: the session must not end by it. */
  @Test
  void harmlessGarbageLeavesTheSessionUp() {
    Random random = new Random(20_260_101);
    RecordedClient session = up();
    byte[] message = new byte[100];
    long now = 0;
    for (int i = 0; i < HARMLESS; i++) {
      now += random.nextInt(1_000_000);
      session.now = now;
      if (i % 50 == 0) {
        session.client.lookup(now, i, "name" + i + ".i2p", SECOND / 4);
        assertThat(session.client.send(now, peer, 6, 1, 2, message, 0, 100, true, i + 1, 0, true))
            .isTrue();
      }
      session.feed(harmless(random));
      if (session.client.nextDeadline() <= now) {
        session.client.onTimer(now);
      }
      assertThat(session.client.outstandingLookups()).isLessThanOrEqualTo(MAX_OUTSTANDING_LOOKUPS);
      session.writes.clear();
      session.events.removeIf(event -> !event.startsWith("down"));
      assertThat(session.events).isEmpty();
    }
    assertThat(session.client.isUp()).isTrue();
    session.client.onTimer(now + SECOND);
    assertThat(session.client.outstandingLookups()).isZero();
    assertThat(session.client.nextDeadline()).isEqualTo(I2cpClient.NEVER);
    session.events.clear();
    session.feed(Vectors.message("MessagePayload"));
    assertThat(session.events).containsExactly("payload 6 0 0");
    session.feed(Vectors.message("RequestVariableLeaseSet"));
    assertThat(session.writes).hasSize(1);
    System.out.println(
        "harmless garbage: " + counts + ", ignored " + session.client.ignoredFrames());
    assertThat(session.client.ignoredFrames()).isGreaterThan(HARMLESS / 2);
  }

  /** Anything at all, in every phase: the session goes on, or ends once and leaves nothing. */
  @Test
  void anyGarbageIsSurvivedOrEndsTheSessionOnce() {
    Random random = new Random(20_260_102);
    RecordedClient session = inSomePhase(random);
    for (int i = 0; i < ANY; i++) {
      session.now += random.nextInt(1_000_000);
      session.client.lookup(session.now, i, peer.hash(), SECOND);
      feedInPieces(session, anything(random), random);
      if (session.client.nextDeadline() <= session.now) {
        session.client.onTimer(session.now);
      }
      assertThat(session.client.outstandingLookups()).isLessThanOrEqualTo(MAX_OUTSTANDING_LOOKUPS);
      List<String> downs = session.events.stream().filter(e -> e.startsWith("down")).toList();
      if (!downs.isEmpty()) {
        count(downs.get(0).replaceAll("(?s) \\(router.*|: a .*|: an .*", ""));
        assertEndedOnce(session, random);
        session = inSomePhase(random);
      } else if (i % 500 == 0) {
        count("closed by us");
        session.client.close(session.now);
        assertThat(session.client.outstandingLookups()).isZero();
        session = inSomePhase(random);
      }
      session.events.clear();
      session.writes.clear();
    }
    System.out.println("any garbage: " + counts);
    assertThat(counts).hasSizeGreaterThan(4);
  }

  private void assertEndedOnce(RecordedClient session, Random random) {
    session.events.clear();
    session.writes.clear();
    session.feed(anything(random));
    session.feed(Vectors.message("SessionStatus"));
    session.client.onLinkClosed(session.now, "gone");
    session.client.onTimer(session.now + 1000 * SECOND);
    assertThat(session.events).isEmpty();
    assertThat(session.writes).isEmpty();
    assertThat(session.client.isUp()).isFalse();
    assertThat(session.client.outstandingLookups()).isZero();
    assertThat(session.client.nextDeadline()).isEqualTo(I2cpClient.NEVER);
  }

  private void feedInPieces(RecordedClient session, byte[] bytes, Random random) {
    int at = 0;
    while (at < bytes.length) {
      int piece = Math.min(bytes.length - at, 1 + random.nextInt(200));
      session.client.onBytes(session.now, bytes, at, piece);
      at += piece;
    }
  }

  private byte[] harmless(Random random) {
    int kind = random.nextInt(8);
    count("kind " + kind);
    return switch (kind) {
      case 0 -> frame(unknownType(random), randomBytes(random, 300));
      case 1 -> cut(Vectors.message("MessageStatus"), random);
      case 2 -> cut(Vectors.message("MessagePayload"), random);
      case 3 -> cut(Vectors.message(random.nextBoolean() ? "HostReply ok" : "HostReply f"), random);
      case 4 -> frame(MessageType.MESSAGE_PAYLOAD, brokenPayload(random));
      case 5 -> frame(MessageType.HOST_REPLY, randomReply(random));
      case 6 -> frame(MessageType.SESSION_STATUS, oddStatus(random));
      default -> {
        byte[] request = Vectors.message("RequestVariableLeaseSet");
        request[5] ^= 0x40; // Another session's.
        yield request;
      }
    };
  }

  private static int unknownType(Random random) {
    int[] unknown = {0, 6, 7, 9, 19, 23, 24, 29, 35, 40, 43, 127, 128, 255};
    return unknown[random.nextInt(unknown.length)];
  }

  /** A frame with flipped bits behind the session id and, often, an end that is missing. */
  private static byte[] cut(byte[] real, Random random) {
    int body = random.nextInt(real.length - 5 + 1);
    byte[] bytes = Arrays.copyOfRange(real, 5, 5 + body);
    for (int flips = random.nextInt(4); flips > 0 && body > 0; flips--) {
      bytes[random.nextInt(body)] ^= (byte) (1 << random.nextInt(8));
    }
    return frame(real[4], bytes);
  }

  private static byte[] brokenPayload(Random random) {
    byte[] envelope = Vectors.hex(Vectors.read("payload").get(3).get("payload"));
    for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
      envelope[random.nextInt(envelope.length)] ^= (byte) (1 << random.nextInt(8));
    }
    long length = random.nextInt(10) == 0 ? random.nextLong() : envelope.length;
    return new FrameOutput().clear().u16(SESSION).u32(1).u32(length).bytes(envelope).toBytes();
  }

  private static byte[] randomReply(Random random) {
    return new FrameOutput()
        .clear()
        .u16(SESSION)
        .u32(random.nextInt(3) == 0 ? random.nextInt() : random.nextInt(2000))
        .u8(random.nextInt(9))
        .bytes(randomBytes(random, 500))
        .toBytes();
  }

  /** Any status but the end of our own session. */
  private static byte[] oddStatus(Random random) {
    int status = 1 + random.nextInt(255);
    return new FrameOutput().clear().u16(SESSION).u8(status).toBytes();
  }

  private byte[] anything(Random random) {
    byte[] real = Vectors.message(REAL.get(random.nextInt(REAL.size())));
    switch (random.nextInt(6)) {
      case 0 -> {
        return randomBytes(random, 400);
      }
      case 1 -> {
        return frame(random.nextInt(256), randomBytes(random, 400));
      }
      case 2 -> {
        return cut(real, random);
      }
      case 3 -> {
        real[random.nextInt(real.length)] ^= (byte) (1 << random.nextInt(8));
        return real;
      }
      case 4 -> {
        return Arrays.copyOf(real, random.nextInt(real.length));
      }
      default -> {
        return real;
      }
    }
  }

  private static byte[] randomBytes(Random random, int below) {
    byte[] bytes = new byte[random.nextInt(below)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] frame(int type, byte[] body) {
    return new FrameOutput().begin(type).bytes(body).finish().toBytes();
  }

  private void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  private RecordedClient up() {
    RecordedClient session = started();
    session.feed(Vectors.message("SetDate"));
    session.feed(Vectors.message("SessionStatus"));
    session.feed(Vectors.message("RequestVariableLeaseSet"));
    assertThat(session.events).containsExactly("up");
    session.events.clear();
    return session;
  }

  private RecordedClient started() {
    RecordedClient session =
        new RecordedClient(SessionOptions.sessionConfig(Map.of()), keys, new Random(1));
    session.client.onLinkOpen(0);
    return session;
  }

  private RecordedClient inSomePhase(Random random) {
    int phase = random.nextInt(6);
    if (phase > 2) {
      return up();
    }
    RecordedClient session = started();
    if (phase > 0) {
      session.feed(Vectors.message("SetDate"));
    }
    if (phase > 1) {
      session.feed(Vectors.message("SessionStatus"));
    }
    return session;
  }
}
