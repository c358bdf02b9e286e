package io.i2pstreaming.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.i2cp.FrameInput;
import io.i2pstreaming.i2cp.FrameOutput;
import io.i2pstreaming.i2cp.MessageType;
import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.identity.SigningKeyType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C1 the router's side of I2CP")
class RouterMachineTest {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
  private static final long EPOCH = 1_700_000_000_000L;
  private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

  private final NetworkConditions slow =
      NetworkConditions.perfect().withLatency(Duration.ofMillis(100), Duration.ZERO);
  private final RouterMachine router = new RouterMachine(1, slow, 0, EPOCH);

  /** One client of the router under test. */
  private final class Client {
    final ScriptedClient script;
    final RecordedOutput output = new RecordedOutput();
    final ClientConnection connection;
    int sessionId = -1;

    Client() {
      this(new ScriptedClient());
    }

    Client(ScriptedClient script) {
      this.script = script;
      connection = router.connect(output);
      say(0, ScriptedClient.PROTOCOL_BYTE);
    }

    void say(long now, byte[] bytes) {
      connection.onBytes(now, bytes, 0, bytes.length);
    }

    /** Opens the session and returns the first lease request. */
    byte[] open(long now, Map<String, String> options) {
      say(now, script.createSession(options, router.epochMillis(now)));
      byte[] status = output.next(MessageType.SESSION_STATUS);
      assertThat(status[7]).isEqualTo((byte) 1);
      sessionId = ScriptedClient.sessionId(status);
      return output.next(MessageType.REQUEST_VARIABLE_LEASE_SET);
    }

    Client up() {
      return up(ScriptedClient.OPTIONS);
    }

    Client up(Map<String, String> options) {
      byte[] request = open(0, options);
      say(0, script.createLeaseSet2(request, EPOCH));
      assertThat(output.frames).isEmpty();
      assertThat(output.closed).isNull();
      return this;
    }
  }

  @Test
  void tellsDateAndVersion() throws Exception {
    Client client = new Client();
    client.say(250 * MILLI, client.script.getDate());
    byte[] reply = client.output.next(MessageType.SET_DATE);
    FrameInput in = new FrameInput(reply, 5, reply.length - 5);
    assertThat(in.i64()).isEqualTo(EPOCH + 250);
    assertThat(in.string()).isEqualTo("0.9.64");
    assertThat(in.remaining()).isZero();
  }

  @Test
  void opensASessionAndAsksForAsManyLeasesAsTunnels() throws Exception {
    Client client = new Client();
    byte[] request = client.open(0, ScriptedClient.OPTIONS);
    FrameInput in = new FrameInput(request, 5, request.length - 5);
    assertThat(in.u16()).isEqualTo(client.sessionId).isLessThan(0xffff);
    assertThat(in.u8()).isEqualTo(3);
    for (int i = 0; i < 3; i++) {
      assertThat(in.bytes(36)).isNotEqualTo(new byte[36]);
      assertThat(in.i64()).isEqualTo(EPOCH + 600_000);
    }
    assertThat(in.remaining()).isZero();
  }

  @Test
  void takesASessionThatTheReferenceLibrarySigned() {
    Client client = new Client();
    client.say(0, resource("create-session-by-reference.hex"));
    assertThat(client.output.next(MessageType.SESSION_STATUS)[7]).isEqualTo((byte) 1);
  }

  @Test
  void takesAnOfflineSignedSessionAndItsLeaseSet() throws IOException {
    Client byReference = new Client();
    byReference.say(
        0,
        byReference.script.frame(
            MessageType.CREATE_SESSION, resource("offline-session-config-by-reference.hex")));
    assertThat(byReference.output.next(MessageType.SESSION_STATUS)[7]).isEqualTo((byte) 1);
    byReference.connection.close("done");

    DestinationKeys keys = DestinationKeys.parse(resource("offline-keys-by-reference.hex"));
    Client client = new Client(new ScriptedClient(keys));
    client.up(
        Map.of(
            "i2cp.leaseSetOfflineExpiration", "4000000000",
            "i2cp.leaseSetOfflineSignature",
                "~01rGCY0Hs5zZwYCQ~NB-ozkACTWSnXASY4u~sg62SPU1OnYtqpqXKwegqJOGBJ0d~qOiJlb8oZlvzAvCx4WAw==",
            "i2cp.leaseSetTransientPublicKey",
                "EdDSA_SHA512_Ed25519:6kpsY-KcUgq-9VB7Ey7F-ZVHdq6-vnuSQh7qaRRG0iw="));
    assertThat(router.lookup(0, keys.destination().hash())).isEqualTo(keys.destination());
  }

  @Test
  void refusesInTheWordsOfJavaRouters() {
    new Client().up();
    Client first = new Client().up();
    assertThat(refusal(first.script, s -> s.createSession(Map.of(), EPOCH)))
        .isEqualTo("duplicate destination");
    assertThat(refusal(s -> s.createSession(Map.of(), EPOCH - 181_000)))
        .isEqualTo("Create session message client clock skew? 181000 ms in the past");
    assertThat(refusal(s -> s.createSession(Map.of(), EPOCH + 181_000)))
        .isEqualTo("Create session message client clock skew? 181000 ms in the future");
    assertThat(refusal(s -> s.createSession(Map.of("i2cp.leaseSetEncType", "6,4"), EPOCH)))
        .isEqualTo("Unsupported crypto type: 6");
    assertThat(refusal(s -> s.createSession(Map.of("i2cp.leaseSetType", "5"), EPOCH)))
        .startsWith("Unsupported lease set type 5");
    assertThat(refusal(s -> flipLastBit(s.createSession(Map.of(), EPOCH))))
        .isEqualTo("Invalid signature on CreateSessionMessage");
    assertThat(refusal(RouterMachineTest::unsorted))
        .isEqualTo("Invalid signature on CreateSessionMessage");
    assertThat(refusal(s -> withCertificate(s, 4, 7)))
        .isEqualTo("Non-ElGamal encryption type in key certificate unsupported");
    assertThat(refusal(s -> withCertificate(s, 0, 99))).startsWith("Unsupported signature type");
    assertThat(
            refusal(
                s ->
                    s.createSession(
                        Map.of(
                            "i2cp.leaseSetOfflineExpiration",
                            "1",
                            "i2cp.leaseSetTransientPublicKey",
                            "7:!",
                            "i2cp.leaseSetOfflineSignature",
                            "x"),
                        EPOCH)))
        .startsWith("Bad offline signature options");
  }

  @Test
  void disconnectsOnBytesThatAreNoI2cp() {
    Client http = new Client();
    RecordedOutput output = new RecordedOutput();
    router.connect(output).onBytes(0, "GET / HTTP/1.1".getBytes(StandardCharsets.US_ASCII), 0, 14);
    assertThat(output.nextReason()).startsWith("The first byte must be 0x2a");
    assertThat(output.closed).isNotNull();

    http.say(0, new byte[] {0x7f, -1, -1, -1, 5});
    assertThat(http.output.nextReason()).isEqualTo("Malformed message: a body of 2147483647 bytes");
    http.say(0, http.script.getDate());
    assertThat(http.output.frames).isEmpty();

    assertThat(refusal(s -> s.frame(99, new byte[0]))).endsWith("unknown message type 99");
    Client surplus = new Client();
    surplus.say(0, surplus.script.frame(MessageType.GET_BANDWIDTH_LIMITS, new byte[2]));
    surplus.output.next(MessageType.BANDWIDTH_LIMITS);
    assertThat(surplus.output.nextReason()).endsWith("2 surplus bytes behind a message of type 8");
    assertThat(refusal(s -> s.frame(MessageType.CREATE_SESSION, new byte[20])))
        .startsWith("Malformed message: a destination has at least 387 bytes");
    byte[] lookup = new byte[11];
    lookup[10] = 2;
    assertThat(refusal(s -> s.frame(MessageType.HOST_LOOKUP, lookup)))
        .endsWith("unknown lookup type 2");
  }

  @Test
  void refusesASecondSessionOnAConnectionAndKeepsTheFirst() {
    Client client = new Client().up();
    client.say(0, new ScriptedClient().createSession(Map.of(), EPOCH));
    byte[] status = client.output.next(MessageType.SESSION_STATUS);
    assertThat(status).endsWith(0xff, 0xff, 4);
    client.say(0, client.script.send(client.sessionId, client.script.destination(), HELLO, 3));
    router.onTimer(100 * MILLI);
    client.output.next(MessageType.MESSAGE_PAYLOAD);
  }

  @Test
  void carriesAMessageOnceThroughTheNetwork() throws Exception {
    Client alice = new Client().up();
    Client bob = new Client().up();
    alice.say(0, alice.script.send(alice.sessionId, bob.script.destination(), HELLO, 5));

    assertThat(router.nextDeadline()).isEqualTo(100 * MILLI);
    router.onTimer(100 * MILLI - 1);
    assertThat(bob.output.frames).isEmpty();
    router.onTimer(100 * MILLI);

    byte[] frame = bob.output.next(MessageType.MESSAGE_PAYLOAD);
    FrameInput in = new FrameInput(frame, 5, frame.length - 5);
    assertThat(in.u16()).isEqualTo(bob.sessionId);
    assertThat(in.u32()).isPositive();
    assertThat(in.bytes((int) in.u32())).isEqualTo(HELLO);
    assertThat(in.remaining()).isZero();
    assertThat(alice.output.nextStatus(5)).isEqualTo(4);
    assertThat(alice.output.frames).isEmpty();
    assertThat(router.stats().delivered()).isEqualTo(1);
  }

  @Test
  void reportsAcceptanceUnlessReliabilityIsNone() {
    Client bestEffort = new Client().up(Map.of("i2cp.leaseSetEncType", "4"));
    Client bob = new Client().up();
    bestEffort.say(
        0, bestEffort.script.send(bestEffort.sessionId, bob.script.destination(), HELLO, 9));
    assertThat(bestEffort.output.nextStatus(9)).isEqualTo(1);
    bestEffort.say(
        0, bestEffort.script.send(bestEffort.sessionId, bob.script.destination(), HELLO, 0));
    router.onTimer(100 * MILLI);
    assertThat(bestEffort.output.nextStatus(9)).isEqualTo(4);
    assertThat(bestEffort.output.frames).isEmpty();
    assertThat(bob.output.frames).hasSize(2);
  }

  @Test
  void saysAtOnceWhyAMessageCannotBeSent() {
    Client alice = new Client();
    Client bob = new Client();
    byte[] request = alice.open(0, ScriptedClient.OPTIONS);
    byte[] bobsRequest = bob.open(0, ScriptedClient.OPTIONS);
    int id = alice.sessionId;
    alice.say(0, alice.script.send(id, bob.script.destination(), HELLO, 1));
    assertThat(alice.output.nextStatus(1)).as("bad local lease set").isEqualTo(15);

    alice.say(0, alice.script.createLeaseSet2(request, EPOCH));
    alice.say(0, alice.script.send(id, bob.script.destination(), HELLO, 2));
    assertThat(alice.output.nextStatus(2)).as("no lease set").isEqualTo(21);
    alice.say(0, alice.script.send(id, new ScriptedClient().destination(), HELLO, 3));
    assertThat(alice.output.nextStatus(3)).as("no such destination").isEqualTo(21);

    bob.say(0, bob.script.createLeaseSet2(bobsRequest, EPOCH));
    alice.say(0, alice.script.sendExpires(id, bob.script.destination(), HELLO, 4, EPOCH - 1));
    assertThat(alice.output.nextStatus(4)).as("expired").isEqualTo(14);
    alice.say(0, alice.script.send(id, bob.script.destination(), new byte[0], 5));
    assertThat(alice.output.nextStatus(5)).as("empty").isEqualTo(11);
    alice.say(0, alice.script.send(id, bob.script.destination(), new byte[65_536], 6));
    assertThat(alice.output.nextStatus(6)).as("too long").isEqualTo(11);
    alice.say(0, alice.script.send(id + 1, bob.script.destination(), HELLO, 7));
    assertThat(alice.output.nextStatus(7)).as("bad session").isEqualTo(10);

    alice.say(0, alice.script.sendExpires(id, bob.script.destination(), HELLO, 8, EPOCH + 8000));
    router.onTimer(100 * MILLI);
    assertThat(alice.output.nextStatus(8)).isEqualTo(4);
    assertThat(router.stats().sent()).isEqualTo(1);
  }

  @Test
  void reportsFailureWhenTheReceiverIsGoneOrTooSlow() {
    Client alice = new Client().up();
    Client bob = new Client().up();
    Client carol = new Client().up();
    alice.say(0, alice.script.send(alice.sessionId, bob.script.destination(), HELLO, 1));
    alice.say(0, alice.script.send(alice.sessionId, carol.script.destination(), HELLO, 2));
    bob.connection.close("gone");
    carol.output.slow = true;
    router.onTimer(100 * MILLI);
    assertThat(alice.output.nextStatus(1)).isEqualTo(5);
    assertThat(alice.output.nextStatus(2)).isEqualTo(5);
    assertThat(router.droppedForSlowClients()).isEqualTo(1);
  }

  @Test
  void reportsADuplicatedMessageOnce() {
    router.conditions(0, NetworkConditions.perfect().withFaults(1, 0, 0));
    Client alice = new Client().up();
    alice.say(0, alice.script.send(alice.sessionId, alice.script.destination(), HELLO, 1));
    router.onTimer(0);
    alice.output.next(MessageType.MESSAGE_PAYLOAD);
    assertThat(alice.output.nextStatus(1)).isEqualTo(4);
    alice.output.next(MessageType.MESSAGE_PAYLOAD);
    assertThat(alice.output.frames).isEmpty();
  }

  @Test
  void takesBothFormsOfLeaseSetsAndRefusesForgedOnes() {
    Client legacy = new Client();
    byte[] request = legacy.open(0, Map.of());
    legacy.say(0, legacy.script.createLegacyLeaseSet(request, true));
    assertThat(router.lookup(0, legacy.script.destination().hash())).isNotNull();

    assertThat(leaseRefusal((s, r) -> s.createLegacyLeaseSet(r, false)))
        .isEqualTo("Private/public crypto key mismatch in LS");
    assertThat(leaseRefusal((s, r) -> flipLastBit(s.createLegacyLeaseSet(r, true))))
        .isEqualTo("Invalid leaseset: bad signature");
    assertThat(leaseRefusal((s, r) -> s.createLeaseSet2(r, EPOCH, s.destination(), new byte[32])))
        .isEqualTo("Private/public crypto key mismatch in LS for key: 0");
    assertThat(
            leaseRefusal(
                (s, r) ->
                    s.createLeaseSet2(r, EPOCH, new ScriptedClient().destination(), new byte[32])))
        .isEqualTo("Different destination in LS");
    assertThat(leaseRefusal((s, r) -> flip(s.createLeaseSet2(r, EPOCH), 500)))
        .isEqualTo("Invalid leaseset: bad signature");
    assertThat(leaseRefusal((s, r) -> s.createLeaseSet2(later(r, 17 * 60_000), EPOCH)))
        .contains("more than 16 minutes ahead");
    assertThat(leaseRefusal((s, r) -> s.createLeaseSet2(later(r, -12 * 60_000), EPOCH)))
        .contains("have ended");
    assertThat(leaseRefusal((s, r) -> flip(s.createLeaseSet2(r, EPOCH), 6)))
        .startsWith("CreateLeaseSet invalid session");
  }

  @Test
  void renewsLeasesBeforeTheyEndAndGivesUpAfterSixMisses() {
    Client client = new Client().up();
    assertThat(router.nextDeadline()).isEqualTo(8 * MINUTE);
    router.onTimer(8 * MINUTE);
    byte[] request = client.output.next(MessageType.REQUEST_VARIABLE_LEASE_SET);
    client.say(8 * MINUTE, client.script.createLeaseSet2(request, EPOCH + 480_000));
    assertThat(router.lookup(17 * MINUTE, client.script.destination().hash())).isNotNull();

    for (int minute = 16; minute < 22; minute++) {
      assertThat(router.nextDeadline()).isEqualTo(minute * MINUTE);
      router.onTimer(minute * MINUTE);
      client.output.next(MessageType.REQUEST_VARIABLE_LEASE_SET);
    }
    assertThat(router.lookup(18 * MINUTE, client.script.destination().hash())).isNull();
    router.onTimer(22 * MINUTE);
    assertThat(client.output.nextReason()).isEqualTo("Too many leaseset request fails");
    assertThat(router.nextDeadline()).isEqualTo(RouterMachine.NEVER);
  }

  @Test
  void findsDestinationsByHashAndBase32Name() {
    Client bob = new Client().up();
    Client pending = new Client();
    pending.open(0, Map.of());
    Client asker = new Client();
    byte[] destination = bob.script.destination().bytes();

    asker.say(0, asker.script.lookupHash(1, bob.script.destination().hash().bytes()));
    assertThat(asker.output.next(MessageType.HOST_REPLY))
        .startsWith(0, 0, 1, 0x8e, 39)
        .endsWith(destination);
    asker.say(
        0, asker.script.lookupName(2, bob.script.destination().base32().toUpperCase(Locale.ROOT)));
    assertThat(asker.output.next(MessageType.HOST_REPLY)).endsWith(destination);
    asker.say(0, asker.script.lookupName(3, "nobody.i2p"));
    assertThat(asker.output.next(MessageType.HOST_REPLY))
        .containsExactly(0, 0, 0, 7, 39, 0xff, 0xff, 0, 0, 0, 3, 1);
    asker.say(0, asker.script.lookupName(4, pending.script.destination().base32()));
    assertThat(asker.output.next(MessageType.HOST_REPLY)).endsWith(1).hasSize(12);

    asker.say(0, asker.script.destLookup(bob.script.destination().hash().bytes()));
    assertThat(asker.output.next(MessageType.DEST_REPLY)).endsWith(destination);
    asker.say(0, asker.script.destLookup(new byte[32]));
    assertThat(asker.output.next(MessageType.DEST_REPLY)).hasSize(5 + 32);
  }

  @Test
  void reconfiguresOnlyItsOwnSession() {
    Client client = new Client().up();
    client.say(
        0, client.script.reconfigure(client.sessionId, Map.of("inbound.quantity", "1"), EPOCH));
    assertThat(client.output.next(MessageType.SESSION_STATUS)).endsWith(2);
    router.onTimer(8 * MINUTE);
    assertThat(client.output.next(MessageType.REQUEST_VARIABLE_LEASE_SET)[7]).isEqualTo((byte) 1);

    client.say(0, new ScriptedClient().reconfigure(client.sessionId, Map.of(), EPOCH));
    assertThat(client.output.next(MessageType.SESSION_STATUS)).endsWith(3);
    assertThat(client.output.closed).isNotNull();
    assertThat(refusal(s -> s.reconfigure(5, Map.of(), EPOCH)))
        .isEqualTo("ReconfigureSession invalid session: 5");
  }

  @Test
  void aDestinationIsFreeAgainWhenItsSessionEnds() {
    Client client = new Client().up();
    client.say(0, client.script.destroy(client.sessionId));
    assertThat(client.output.closed).isNotNull();
    assertThat(router.lookup(0, client.script.destination().hash())).isNull();
    new Client(client.script).up();
  }

  @Test
  void tellsTheBandwidthOfTheNetwork() throws Exception {
    router.conditions(0, NetworkConditions.perfect().withBandwidth(100 * 1024, 1 << 20));
    Client client = new Client();
    client.say(0, client.script.frame(MessageType.GET_BANDWIDTH_LIMITS, new byte[0]));
    byte[] reply = client.output.next(MessageType.BANDWIDTH_LIMITS);
    assertThat(reply).hasSize(5 + 64);
    assertThat(new FrameInput(reply, 5, 64).u32()).isEqualTo(100);
  }

  @Test
  void ignoresWhatFastReceiveMakesUseless() {
    Client client = new Client().up();
    client.say(0, client.script.frame(6, new byte[6]));
    client.say(0, client.script.frame(7, new byte[6]));
    client.say(0, client.script.frame(MessageType.BLINDING_INFO, new byte[20]));
    assertThat(client.output.frames).isEmpty();
    assertThat(client.output.closed).isNull();
  }

  @Test
  void boundsItsConnections() {
    for (int i = 0; i < RouterMachine.MAX_CONNECTIONS; i++) {
      assertThat(router.connect(new RecordedOutput())).isNotNull();
    }
    assertThat(router.connect(new RecordedOutput())).isNull();
  }

  @Test
  void theSameCallsGiveTheSameFrames() {
    RouterMachine twin = new RouterMachine(1, slow, 0, EPOCH);
    RecordedOutput first = new RecordedOutput();
    RecordedOutput second = new RecordedOutput();
    ScriptedClient script = new ScriptedClient();
    byte[] create = script.createSession(ScriptedClient.OPTIONS, EPOCH);
    for (ClientConnection connection :
        new ClientConnection[] {router.connect(first), twin.connect(second)}) {
      connection.onBytes(0, ScriptedClient.PROTOCOL_BYTE, 0, 1);
      connection.onBytes(0, create, 0, create.length);
    }
    assertThat(first.frames).hasSize(2);
    for (int i = 0; i < 2; i++) {
      assertThat(second.frames.get(i)).isEqualTo(first.frames.get(i));
    }
  }

  @Test
  void garbageCostsTheConnectionAndNothingElse() {
    Client alice = new Client().up();
    SplittableRandom random = new SplittableRandom(4);
    ScriptedClient script = new ScriptedClient();
    byte[][] seeds = {
      script.getDate(),
      script.createSession(ScriptedClient.OPTIONS, EPOCH),
      script.send(1, alice.script.destination(), HELLO, 3),
      script.lookupName(1, "a.i2p"),
      script.frame(MessageType.CREATE_LEASE_SET2, new byte[700]),
    };
    int ended = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = seeds[random.nextInt(seeds.length)].clone();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        bytes[random.nextInt(random.nextBoolean() ? Math.min(8, bytes.length) : bytes.length)] =
            (byte) random.nextInt(256);
      }
      RecordedOutput output = new RecordedOutput();
      ClientConnection connection = router.connect(output);
      connection.onBytes(0, ScriptedClient.PROTOCOL_BYTE, 0, 1);
      connection.onBytes(0, bytes, 0, bytes.length);
      ended += connection.closed() ? 1 : 0;
      connection.close("next");
    }
    assertThat(ended).isGreaterThan(5_000);
    alice.say(0, alice.script.send(alice.sessionId, alice.script.destination(), HELLO, 1));
    router.onTimer(100 * MILLI);
    alice.output.next(MessageType.MESSAGE_PAYLOAD);
    assertThat(router.stats().inFlight()).isZero();
  }

  private interface Script {
    byte[] of(ScriptedClient script);
  }

  private interface LeaseScript {
    byte[] of(ScriptedClient script, byte[] request);
  }

  private String refusal(Script frame) {
    return refusal(new ScriptedClient(), frame);
  }

  /** What a new client is told that says {@code frame}; it must be the end of its connection. */
  private String refusal(ScriptedClient script, Script frame) {
    Client client = new Client(script);
    client.say(0, frame.of(script));
    assertThat(client.output.closed).isNotNull();
    return client.output.nextReason();
  }

  private String leaseRefusal(LeaseScript frame) {
    Client client = new Client();
    byte[] request = client.open(0, ScriptedClient.OPTIONS);
    client.say(0, frame.of(client.script, request));
    assertThat(router.lookup(0, client.script.destination().hash())).isNull();
    assertThat(client.output.closed).isNotNull();
    return client.output.nextReason();
  }

  private static byte[] flipLastBit(byte[] frame) {
    return flip(frame, frame.length - 1);
  }

  private static byte[] flip(byte[] frame, int at) {
    frame[at] ^= 1;
    return frame;
  }

  /** A lease request whose leases end later. */
  private static byte[] later(byte[] request, long millis) {
    byte[] moved = request.clone();
    for (int at = 8 + 36; at < moved.length; at += 44) {
      long end = 0;
      for (int i = 0; i < 8; i++) {
        end = end << 8 | (moved[at + i] & 0xff);
      }
      end += millis;
      for (int i = 0; i < 8; i++) {
        moved[at + i] = (byte) (end >>> (56 - 8 * i));
      }
    }
    return moved;
  }

  /** A session request whose mapping was signed in the wrong order. */
  private static byte[] unsorted(ScriptedClient script) {
    FrameOutput out = new FrameOutput().begin(MessageType.CREATE_SESSION);
    int from = out.length();
    out.bytes(script.destination().bytes()).u16(12);
    out.string("b").u8('=').string("1").u8(';').string("a").u8('=').string("2").u8(';');
    return script.sign(out.i64(EPOCH), from).finish().toBytes();
  }

  /** A session request of a destination with other types in its certificate. */
  private static byte[] withCertificate(ScriptedClient script, int cryptoType, int signatureType) {
    byte[] destination = script.destination().bytes();
    destination[destination.length - 3] = (byte) signatureType;
    destination[destination.length - 1] = (byte) cryptoType;
    FrameOutput out = new FrameOutput().begin(MessageType.CREATE_SESSION);
    int from = out.length();
    out.bytes(destination).mapping(new HashMap<>()).i64(EPOCH);
    return script.sign(out, from).finish().toBytes();
  }

  private static byte[] resource(String name) {
    try (InputStream in = RouterMachineTest.class.getResourceAsStream(name)) {
      String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      return HexFormat.of().parseHex(text.strip());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void knowsEverySigningTypeThatOurKeysCanHave() {
    for (SigningKeyType type :
        Arrays.asList(
            SigningKeyType.DSA_SHA1,
            SigningKeyType.ECDSA_SHA256_P256,
            SigningKeyType.ECDSA_SHA384_P384,
            SigningKeyType.ECDSA_SHA512_P521)) {
      Client client =
          new Client(new ScriptedClient(DestinationKeys.generate(type, new SecureRandom())));
      client.up();
    }
  }
}
