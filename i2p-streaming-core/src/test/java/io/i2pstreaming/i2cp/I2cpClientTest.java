package io.i2pstreaming.i2cp;

import static io.i2pstreaming.i2cp.ScriptedSession.EPOCH_MILLIS;
import static io.i2pstreaming.i2cp.ScriptedSession.KEYS;
import static io.i2pstreaming.i2cp.ScriptedSession.SECOND;
import static io.i2pstreaming.i2cp.ScriptedSession.SESSION;
import static io.i2pstreaming.i2cp.ScriptedSession.frame;
import static io.i2pstreaming.i2cp.ScriptedSession.sealed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.i2pstreaming.i2cp.ScriptedSession.Frame;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.Signatures;
import io.i2pstreaming.identity.SigningKeyType;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("B1 session life")
class I2cpClientTest {
  @Test
  void comesUpInOrder() throws Exception {
    ScriptedSession session = new ScriptedSession(Map.of("inbound.length", "1"));
    session.client.onLinkOpen(session.now);
    assertThat(session.next(MessageType.GET_DATE).body().string()).isEqualTo("0.9.67");
    assertThat(session.client.epochMillis(session.now)).isZero();

    session.setDate(EPOCH_MILLIS, "0.9.64");
    assertThat(session.client.routerVersion()).isEqualTo("0.9.64");
    FrameInput create = session.next(MessageType.CREATE_SESSION).body();
    int start = create.offset();
    assertThat(create.bytes(KEYS.destination().length())).isEqualTo(KEYS.destination().bytes());
    assertThat(create.mapping())
        .containsExactly(
            Map.entry("i2cp.fastReceive", "true"),
            Map.entry("i2cp.leaseSetEncType", "4"),
            Map.entry("i2cp.leaseSetType", "3"),
            Map.entry("i2cp.messageReliability", "none"),
            Map.entry("inbound.length", "1"));
    assertThat(create.i64()).isEqualTo(EPOCH_MILLIS);
    assertThat(signed(create.array(), start, create.offset())).isTrue();
    assertThat(create.remaining()).isEqualTo(64);

    session.status(SESSION, 1);
    assertThat(session.sent).isEmpty();
    assertThat(session.client.isUp()).isFalse();
    assertThat(send(session)).isFalse();

    session.requestLeases(2);
    session.next(MessageType.CREATE_LEASE_SET2);
    assertThat(session.told).containsExactly("clock " + EPOCH_MILLIS, "up");
    assertThat(session.client.isUp()).isTrue();
    assertThat(session.client.nextDeadline()).isEqualTo(I2cpClient.NEVER);
  }

  @Test
  void leaseSetIsSignedOrderedAndLaterEachTime() throws Exception {
    ScriptedSession session = ScriptedSession.up();
    long published = 0;
    byte[] firstKey = {};
    for (int round = 0; round < 3; round++) {
      session.requestLeases(3);
      FrameInput in = session.next(MessageType.CREATE_LEASE_SET2).body();
      assertThat(in.u16()).isEqualTo(SESSION);
      int signedFrom = in.offset();
      assertThat(in.u8()).isEqualTo(3);
      in.skip(KEYS.destination().length());
      long thisPublished = in.u32();
      assertThat(thisPublished).isGreaterThan(published);
      published = thisPublished;
      assertThat(published + in.u16()).isEqualTo(EPOCH_MILLIS / 1000 + 600);
      assertThat(in.u16()).isZero();
      assertThat(in.mapping()).isEmpty();
      assertThat(in.u8()).isEqualTo(1);
      assertThat(in.u16()).isEqualTo(4);
      byte[] publicKey = in.bytes(in.u16());
      assertThat(in.u8()).isEqualTo(3);
      for (int i = 0; i < 3; i++) {
        assertThat(in.bytes(32)).containsOnly(0x10 + i);
        assertThat(in.u32()).isEqualTo(100 + i);
        assertThat(in.u32()).isEqualTo(EPOCH_MILLIS / 1000 + 600 - i);
      }
      assertThat(signed(in.array(), signedFrom, in.offset())).isTrue();
      in.skip(64);
      assertThat(in.u8()).isEqualTo(1);
      assertThat(in.u16()).isEqualTo(4);
      byte[] privateKey = in.bytes(in.u16());
      assertThat(in.remaining()).isZero();
      assertThat(new X25519PrivateKeyParameters(privateKey).generatePublicKey().getEncoded())
          .isEqualTo(publicKey);
      firstKey = round == 0 ? privateKey : firstKey;
      assertThat(privateKey).isEqualTo(firstKey);
    }
    assertThat(session.told).isEmpty();
  }

  @Test
  void hiddenClientSaysSoTwice() throws Exception {
    ScriptedSession session = new ScriptedSession(Map.of("i2cp.dontPublishLeaseSet", "true"));
    session.client.onLinkOpen(session.now);
    session.setDate(EPOCH_MILLIS, "0.9.64");
    session.status(SESSION, 1);
    session.requestLeases(1);
    session.next(MessageType.GET_DATE);
    FrameInput create = session.next(MessageType.CREATE_SESSION).body();
    create.skip(KEYS.destination().length());
    assertThat(create.mapping()).containsEntry("i2cp.dontPublishLeaseSet", "true");
    FrameInput leaseSet = session.next(MessageType.CREATE_LEASE_SET2).body();
    leaseSet.skip(2 + 1 + KEYS.destination().length() + 4 + 2);
    assertThat(leaseSet.u16()).isEqualTo(2);
  }

  @Test
  void oldLeaseSetAnswersBothRequests() throws Exception {
    ScriptedSession session = new ScriptedSession(Map.of("i2cp.leaseSetType", "1"));
    session.client.onLinkOpen(session.now);
    session.setDate(EPOCH_MILLIS, "0.9.30");
    session.status(SESSION, 1);
    session.requestLeases(2);
    session.feed(
        frame(MessageType.REQUEST_LEASE_SET)
            .u16(SESSION)
            .u8(1)
            .bytes(new byte[32])
            .u32(77)
            .i64(EPOCH_MILLIS));
    session.next(MessageType.GET_DATE);
    session.next(MessageType.CREATE_SESSION);
    assertThat(legacyLeases(session.next(MessageType.CREATE_LEASE_SET))).isEqualTo(2);
    assertThat(legacyLeases(session.next(MessageType.CREATE_LEASE_SET))).isEqualTo(1);
    assertThat(session.told).containsExactly("clock " + EPOCH_MILLIS, "up");
  }

  private static int legacyLeases(Frame frame) throws MalformedFrameException {
    FrameInput in = frame.body();
    assertThat(in.u16()).isEqualTo(SESSION);
    in.skip(20 + 256);
    int signedFrom = in.offset();
    in.skip(KEYS.destination().length() + 256 + 32);
    int count = in.u8();
    in.skip(44 * count);
    assertThat(signed(in.array(), signedFrom, in.offset())).isTrue();
    in.skip(64);
    assertThat(in.remaining()).isZero();
    return count;
  }

  @Test
  void dateMovesWithTheRouterClock() throws Exception {
    ScriptedSession session = ScriptedSession.up();
    session.now += 10 * SECOND;
    assertThat(session.client.epochMillis(session.now)).isEqualTo(EPOCH_MILLIS + 10_000);
    session.setDate(EPOCH_MILLIS - 100_000, "0.9.64");
    assertThat(session.told).containsExactly("clock " + (EPOCH_MILLIS - 100_000));
    session.now += SECOND / 2;
    assertThat(session.client.epochMillis(session.now)).isEqualTo(EPOCH_MILLIS - 99_500);
    assertThat(session.sent).isEmpty();
    assertThat(session.client.isUp()).isTrue();
  }

  @Test
  void messagesCarryNonceExpirationAndBundlingFlag() throws Exception {
    ScriptedSession session = ScriptedSession.up();
    Destination to = ScriptedSession.otherDestination();
    byte[] text = "xxhello".getBytes(StandardCharsets.UTF_8);
    for (boolean bundle : new boolean[] {true, false}) {
      assertThat(
              session.client.send(
                  session.now,
                  to,
                  6,
                  0x1234,
                  7,
                  text,
                  2,
                  5,
                  true,
                  4_000_000_000L,
                  20 * SECOND,
                  bundle))
          .isTrue();
      FrameInput in = session.next(MessageType.SEND_MESSAGE_EXPIRES).body();
      assertThat(in.u16()).isEqualTo(SESSION);
      assertThat(in.bytes(to.length())).isEqualTo(to.bytes());
      int length = (int) in.u32();
      GzipPayload gzip = new GzipPayload();
      gzip.open(in.array(), in.skip(length), length);
      assertThat(Arrays.copyOfRange(gzip.data(), gzip.dataOffset(), gzip.dataOffset() + 5))
          .isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
      assertThat(gzip.fromPort()).isEqualTo(0x1234);
      assertThat(gzip.toPort()).isEqualTo(7);
      assertThat(in.u32()).isEqualTo(4_000_000_000L);
      assertThat(in.u16()).isEqualTo(bundle ? 0 : 0x100);
      assertThat((long) in.u16() << 32 | in.u32()).isEqualTo(EPOCH_MILLIS + 20_000);
      assertThat(in.remaining()).isZero();
    }
  }

  @Test
  void largestPayloadFitsAFrameAndLargerIsRefused() throws Exception {
    ScriptedSession session = ScriptedSession.up();
    Destination to = ScriptedSession.otherDestination();
    byte[] bytes = new byte[I2cpClient.MAX_PAYLOAD + 1];
    assertThat(session.client.send(0, to, 6, 0, 0, bytes, 0, bytes.length - 1, false, 0, 0, true))
        .isTrue();
    session.next(MessageType.SEND_MESSAGE_EXPIRES);
    assertThatThrownBy(
            () -> session.client.send(0, to, 6, 0, 0, bytes, 0, bytes.length, false, 0, 0, true))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void payloadsAndStatusesReachTheListener() throws Exception {
    ScriptedSession session = ScriptedSession.up();
    session.messagePayload(SESSION, sealed("hello"));
    assertThat(session.lastPayload).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
    session.messageStatus(21, 0xffff_fffeL);
    session.messageStatus(99, 5);
    assertThat(session.told)
        .containsExactly("payload 6 1 2", "delivery 4294967294 NO_LEASE_SET", "delivery 5 UNKNOWN");
  }

  @Test
  void framesMayBeCutAnywhere() throws Exception {
    ScriptedSession session = new ScriptedSession(Map.of());
    session.client.onLinkOpen(session.now);
    FrameOutput all = new FrameOutput().clear();
    all.bytes(frame(MessageType.SET_DATE).i64(EPOCH_MILLIS).string("0.9.64").finish().toBytes());
    all.bytes(frame(MessageType.SESSION_STATUS).u16(SESSION).u8(1).finish().toBytes());
    byte[] bytes = all.toBytes();
    for (byte single : bytes) {
      session.feed(new byte[] {single});
    }
    session.requestLeases(1);
    assertThat(session.told).contains("up");
  }

  @ParameterizedTest
  @CsvSource({"0, did not answer within 30", "1, CreateSession", "2, no tunnels"})
  void silenceEndsTheSessionAtItsOwnDeadline(int framesAnswered, String reason) {
    ScriptedSession session = new ScriptedSession(Map.of());
    session.client.onLinkOpen(session.now);
    if (framesAnswered > 0) {
      session.setDate(EPOCH_MILLIS, "0.9.64");
    }
    if (framesAnswered > 1) {
      session.status(SESSION, 1);
    }
    long asked = session.now;
    session.client.onTimer(session.client.nextDeadline() - 1);
    assertThat(session.told).doesNotContain("down");
    session.toNextDeadline();
    assertThat(session.now - asked).isEqualTo((framesAnswered > 1 ? 300 : 30) * SECOND);
    assertThat(session.told).endsWith("down");
    assertThat(session.downReason).contains(reason);
    assertThat(session.retryable).isTrue();
    assertThat(session.client.nextDeadline()).isEqualTo(I2cpClient.NEVER);
    session.client.onLinkClosed(session.now, "again");
    assertThat(session.told.stream().filter("down"::equals)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "duplicate destination | key file | true",
        "session limit exceeded | i2cp.maxSessions | true",
        "Authorization required, specify i2cp.username and i2cp.password in options"
            + " | i2cp.username | false",
        "Create session message client clock skew? 200 seconds in the past | clock | true",
        "Unsupported crypto type: 5 | encryption type | false",
        "Non-ElGamal encryption type in key certificate unsupported | encryption type | false",
        "Invalid signature on CreateSessionMessage | key file | false",
        "Offline signature for tunnel expired 2020 | renew | false",
        "bad session configuration parameters | session options | false",
        "Router restart | Router restart | true"
      })
  void disconnectSaysWhatToChange(String text, String advice, boolean retryable) {
    ScriptedSession session = new ScriptedSession(Map.of());
    session.client.onLinkOpen(session.now);
    session.setDate(EPOCH_MILLIS, "0.9.64");
    session.disconnect(text);
    assertThat(session.downReason).contains(advice).endsWith(".");
    assertThat(session.retryable).isEqualTo(retryable);
  }

  @ParameterizedTest
  @CsvSource({"0, ended the session", "3, destination", "4, room"})
  void refusalByStatusEndsTheSession(int status, String advice) {
    ScriptedSession session = new ScriptedSession(Map.of());
    session.client.onLinkOpen(session.now);
    session.setDate(EPOCH_MILLIS, "0.9.67");
    session.status(0xffff, status);
    assertThat(session.downReason).contains(advice);
    assertThat(session.retryable).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 400 Bad Request\r\n", "SSH-2.0-OpenSSH_9.2\r\n"})
  void otherProtocolsAreNamed(String answer) {
    ScriptedSession session = new ScriptedSession(Map.of());
    session.client.onLinkOpen(session.now);
    session.feed(answer.getBytes(StandardCharsets.US_ASCII));
    assertThat(session.downReason).contains("does not speak I2CP").contains("7654");
    assertThat(session.retryable).isFalse();
  }

  @Test
  void routerThatClosesEarlyOrLateIsNamed() throws Exception {
    ScriptedSession early = new ScriptedSession(Map.of());
    early.client.onLinkOpen(early.now);
    early.client.onLinkClosed(early.now, "Connection reset");
    assertThat(early.downReason).contains("I2CP port").contains("Connection reset");
    ScriptedSession late = ScriptedSession.up();
    late.client.onLinkClosed(late.now, "Connection reset");
    assertThat(late.downReason).contains("ended: Connection reset");
    assertThat(late.retryable).isTrue();
    assertThat(late.client.isUp()).isFalse();
    assertThat(send(late)).isFalse();
  }

  @Test
  void tooOldRouterIsRefusedUnlessTheOldLeaseSetIsAskedFor() {
    ScriptedSession session = new ScriptedSession(Map.of());
    session.client.onLinkOpen(session.now);
    session.setDate(EPOCH_MILLIS, "0.9.45");
    assertThat(session.downReason).contains("0.9.45").contains("i2cp.leaseSetType=1");
    assertThat(session.retryable).isFalse();
  }

  @Test
  void hybridEncryptionNeedsANewerRouter() {
    for (String types : new String[] {"5", "6,4", "4,7"}) {
      ScriptedSession older = new ScriptedSession(Map.of("i2cp.leaseSetEncType", types));
      older.client.onLinkOpen(older.now);
      older.setDate(EPOCH_MILLIS, "0.9.66");
      assertThat(older.downReason)
          .contains("i2cp.leaseSetEncType=" + types)
          .contains("0.9.67")
          .contains("0.9.66");
      assertThat(older.retryable).isFalse();
      ScriptedSession newer = new ScriptedSession(Map.of("i2cp.leaseSetEncType", types));
      newer.client.onLinkOpen(newer.now);
      newer.setDate(EPOCH_MILLIS, "0.9.67");
      assertThat(newer.told).doesNotContain("down");
    }
  }

  @Test
  void reconfiguresTheRunningSession() throws Exception {
    SessionConfig change = new SessionConfig(Map.of("inbound.quantity", "1"), false);
    ScriptedSession early = new ScriptedSession(Map.of());
    assertThat(early.client.reconfigure(early.now, change)).isFalse();
    ScriptedSession session = ScriptedSession.up();
    assertThat(session.client.reconfigure(session.now, change)).isTrue();
    ScriptedSession.Frame frame = session.sent.removeFirst();
    assertThat(frame.type()).isEqualTo(MessageType.RECONFIGURE_SESSION);
    assertThat(frame.body().u16()).isEqualTo(SESSION);
    session.status(SESSION, 2);
    session.status(SESSION + 1, 2);
    session.status(SESSION, 3);
    assertThat(session.told).containsExactly("reconfigured true", "reconfigured false");
    assertThat(session.client.isUp()).isTrue();
  }

  @Test
  void destroyedSessionEnds() throws Exception {
    ScriptedSession session = ScriptedSession.up();
    session.status(SESSION, 0);
    assertThat(session.told).containsExactly("down");
    assertThat(session.retryable).isTrue();
  }

  @Test
  void closeDestroysTheSessionAndTellsNothing() throws Exception {
    ScriptedSession session = ScriptedSession.up();
    session.client.close(session.now);
    assertThat(session.next(MessageType.DESTROY_SESSION).body().u16()).isEqualTo(SESSION);
    session.client.onLinkClosed(session.now, "closed");
    session.status(SESSION, 0);
    session.client.close(session.now);
    assertThat(session.told).isEmpty();
    assertThat(session.sent).isEmpty();
  }

  @Test
  void everyEndGivesBackTheMemoryOutsideOfTheHeap() throws Exception {
    List<Consumer<ScriptedSession>> ends =
        List.of(
            session -> session.client.close(session.now),
            session -> session.client.onLinkClosed(session.now, "reset"),
            session -> session.disconnect("bye"),
            session -> session.feed(new byte[] {-1, -1, -1, -1, 0}));
    for (Consumer<ScriptedSession> end : ends) {
      ScriptedSession session = ScriptedSession.up();
      byte[] plain = new byte[200];
      byte[] target = new byte[300];
      int length = session.gzip.seal(target, 0, 1, 2, 6, plain, 0, plain.length, true);
      byte[] deflated = Arrays.copyOf(target, length);
      session.messagePayload(SESSION, deflated);
      assertThat(session.lastPayload).isEqualTo(plain);

      end.accept(session);

      // What the JDK throws then differs between its versions, the words do not.
      assertThatThrownBy(() -> session.gzip.seal(target, 0, 1, 2, 6, plain, 0, 200, true))
          .isInstanceOf(RuntimeException.class)
          .hasMessageContaining("has been closed");
      assertThatThrownBy(() -> session.gzip.open(deflated, 0, length))
          .isInstanceOf(RuntimeException.class)
          .hasMessageContaining("has been closed");
      session.told.clear();
      session.messagePayload(SESSION, deflated);
      assertThat(session.told).as("late frames mean nothing").isEmpty();
      assertThat(send(session)).isFalse();
    }
  }

  @Test
  void credentialsGoIntoGetDateAndTheSession() throws Exception {
    ScriptedSession session =
        new ScriptedSession(Map.of("i2cp.username", "u", "i2cp.password", "pw"));
    session.client.onLinkOpen(session.now);
    FrameInput getDate = session.next(MessageType.GET_DATE).body();
    getDate.string();
    assertThat(getDate.mapping()).isEqualTo(Map.of("i2cp.username", "u", "i2cp.password", "pw"));
    session.setDate(EPOCH_MILLIS, "0.9.64");
    FrameInput create = session.next(MessageType.CREATE_SESSION).body();
    create.skip(KEYS.destination().length());
    assertThat(create.mapping()).containsEntry("i2cp.username", "u");
  }

  @Test
  void optionsThatDoNotFitAreRefusedBeforeAnyByte() {
    Map<String, String> many = new TreeMap<>();
    for (int i = 0; i < 256; i++) {
      many.put("inbound.x" + i, "x".repeat(250));
    }
    for (Map<String, String> options : List.of(Map.of("inbound.nickname", "x".repeat(256)), many)) {
      SessionConfig config = SessionOptions.sessionConfig(options);
      assertThatThrownBy(() -> SessionOptions.require(config, KEYS))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new ScriptedSession(config, KEYS))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void sendingAllocatesNothing() throws Exception {
    ScriptedSession session = ScriptedSession.up();
    I2cpClient client = session.client;
    session.dropWrites = true;
    Destination to = ScriptedSession.otherDestination();
    byte[] packet = new byte[1730];
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = 0;
    for (int round = 0; round < 3; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 10_000; i++) {
        client.send(session.now, to, 6, 1, 2, packet, 0, 1730, false, i, 60 * SECOND, true);
      }
      allocated = threads.getCurrentThreadAllocatedBytes() - before;
    }
    assertThat(allocated).isLessThan(10_000);
  }

  private static boolean send(ScriptedSession session) {
    return session.client.send(
        session.now, KEYS.destination(), 6, 0, 0, new byte[1], 0, 1, false, 0, SECOND, true);
  }

  private static boolean signed(byte[] bytes, int from, int to) {
    return Signatures.verify(
        SigningKeyType.EDDSA_SHA512_ED25519,
        KEYS.destination().signingPublicKey(),
        bytes,
        from,
        to - from,
        bytes,
        to);
  }
}
