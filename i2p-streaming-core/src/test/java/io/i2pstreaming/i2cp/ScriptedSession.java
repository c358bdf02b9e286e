package io.i2pstreaming.i2cp;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.identity.Hash;
import io.i2pstreaming.identity.SigningKeyType;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A client under virtual time, the frames it sent, what it told, and frames to feed to it. */
final class ScriptedSession implements ByteOutput, I2cpListener {
  static final long SECOND = 1_000_000_000L;
  static final long EPOCH_MILLIS = 1_700_000_000_000L;
  static final int SESSION = 0x1234;
  static final DestinationKeys KEYS =
      DestinationKeys.generate(SigningKeyType.EDDSA_SHA512_ED25519, new SecureRandom());

  record Frame(int type, FrameInput body) {}

  final Deque<Frame> sent = new ArrayDeque<>();
  final List<String> told = new ArrayList<>();
  final GzipPayload gzip = new GzipPayload();
  final I2cpClient client;
  @Nullable Boolean retryable;
  String downReason = "";
  byte[] lastPayload = {};
  long now = 5 * SECOND;
  boolean dropWrites;

  private final FrameSplitter splitter = new FrameSplitter();
  private boolean protocolByteSeen;

  ScriptedSession(Map<String, String> userOptions) {
    this(SessionOptions.sessionConfig(userOptions), KEYS);
  }

  ScriptedSession(SessionConfig config, DestinationKeys keys) {
    client = new I2cpClient(config, keys, new SplittableRandom(7), this, this, gzip);
  }

  static ScriptedSession up() throws MalformedFrameException {
    ScriptedSession session = new ScriptedSession(Map.of());
    session.client.onLinkOpen(session.now);
    session.setDate(EPOCH_MILLIS, "0.9.64");
    session.status(SESSION, 1);
    session.requestLeases(1);
    assertThat(session.told).containsExactly("clock " + EPOCH_MILLIS, "up");
    session.told.clear();
    session.sent.clear();
    return session;
  }

  Frame next(int type) {
    Frame frame = sent.removeFirst();
    assertThat(frame.type()).isEqualTo(type);
    return frame;
  }

  void feed(FrameOutput frame) {
    frame.finish();
    client.onBytes(now, frame.array(), 0, frame.length());
  }

  void feed(byte[] bytes) {
    client.onBytes(now, bytes, 0, bytes.length);
  }

  void setDate(long epochMillis, String version) {
    feed(frame(MessageType.SET_DATE).i64(epochMillis).string(version));
  }

  void status(int session, int status) {
    feed(frame(MessageType.SESSION_STATUS).u16(session).u8(status));
  }

  void requestLeases(int count) {
    FrameOutput out = frame(MessageType.REQUEST_VARIABLE_LEASE_SET).u16(SESSION).u8(count);
    for (int i = 0; i < count; i++) {
      byte[] gateway = new byte[32];
      Arrays.fill(gateway, (byte) (0x10 + i));
      out.bytes(gateway).u32(100 + i).i64(EPOCH_MILLIS + 600_999 - i * 1000L);
    }
    feed(out);
  }

  void disconnect(String reason) {
    feed(frame(MessageType.DISCONNECT).string(reason));
  }

  void hostReply(int session, long requestId, int result, byte[] rest) {
    feed(frame(MessageType.HOST_REPLY).u16(session).u32(requestId).u8(result).bytes(rest));
  }

  void messageStatus(int status, long nonce) {
    feed(frame(MessageType.MESSAGE_STATUS).u16(SESSION).u32(9).u8(status).u32(0).u32(nonce));
  }

  void messagePayload(int session, byte[] envelope) {
    feed(
        frame(MessageType.MESSAGE_PAYLOAD)
            .u16(session)
            .u32(1)
            .u32(envelope.length)
            .bytes(envelope));
  }

  static FrameOutput frame(int type) {
    return new FrameOutput().begin(type);
  }

  static byte[] sealed(String text) {
    byte[] plain = text.getBytes(StandardCharsets.UTF_8);
    byte[] target = new byte[plain.length + GzipPayload.STORED_OVERHEAD];
    GzipPayload gzip = new GzipPayload();
    int length = gzip.seal(target, 0, 1, 2, 6, plain, 0, plain.length, false);
    gzip.end();
    return Arrays.copyOf(target, length);
  }

  static Destination otherDestination() {
    return DestinationKeys.generate(SigningKeyType.EDDSA_SHA512_ED25519, new SecureRandom())
        .destination();
  }

  /** Lets time pass up to the client's next deadline and tells it. */
  void toNextDeadline() {
    now = client.nextDeadline();
    client.onTimer(now);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (dropWrites) {
      return;
    }
    if (!protocolByteSeen) {
      assertThat(Arrays.copyOfRange(bytes, offset, offset + length)).containsExactly(0x2a);
      protocolByteSeen = true;
      return;
    }
    byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
    assertThat(copy.length).isLessThanOrEqualTo(65_535);
    try {
      splitter.feed(
          copy,
          0,
          length,
          (type, array, bodyOffset, bodyLength) ->
              sent.add(new Frame(type, new FrameInput(copy, bodyOffset, bodyLength))));
    } catch (MalformedFrameException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void reconfigured(long at, boolean taken) {
    told.add("reconfigured " + taken);
  }

  @Override
  public void sessionUp(long at) {
    told.add("up");
  }

  @Override
  public void sessionDown(long at, String reason, boolean canRetry) {
    told.add("down");
    downReason = reason;
    retryable = canRetry;
  }

  @Override
  public void payload(
      long at, int protocol, int fromPort, int toPort, byte[] bytes, int offset, int length) {
    lastPayload = Arrays.copyOfRange(bytes, offset, offset + length);
    told.add("payload " + protocol + " " + fromPort + " " + toPort);
  }

  @Override
  public void delivery(long at, long nonce, DeliveryStatus status) {
    told.add("delivery " + nonce + " " + status);
  }

  @Override
  public void lookedUp(long at, long lookupId, @Nullable Destination destination) {
    told.add("lookup " + lookupId + " " + (destination == null ? "nothing" : "found"));
  }

  @Override
  public void clockSet(long at, long epochMillis) {
    told.add("clock " + epochMillis);
  }

  /** The hash of our own destination. */
  static Hash ownHash() {
    return KEYS.destination().hash();
  }
}
