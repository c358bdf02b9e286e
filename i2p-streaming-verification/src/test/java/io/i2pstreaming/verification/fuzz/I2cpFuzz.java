package io.i2pstreaming.verification.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.i2pstreaming.i2cp.ByteOutput;
import io.i2pstreaming.i2cp.DeliveryStatus;
import io.i2pstreaming.i2cp.FrameOutput;
import io.i2pstreaming.i2cp.FrameSplitter;
import io.i2pstreaming.i2cp.GzipPayload;
import io.i2pstreaming.i2cp.I2cpClient;
import io.i2pstreaming.i2cp.I2cpListener;
import io.i2pstreaming.i2cp.MalformedFrameException;
import io.i2pstreaming.i2cp.MessageType;
import io.i2pstreaming.i2cp.SessionOptions;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.DestinationKeys;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Any bytes from a router, in any phase of a session, cut anywhere. The first byte chooses the
 * phase and the cuts; the rest are the bytes.
 */
final class I2cpFuzz {
  static final int SESSION = 0x1234;

  private static final long SECOND = 1_000_000_000L;
  private static final long EPOCH_MILLIS = 1_767_225_600_000L;
  private static final int MAX_LOOKUPS = 256;
  private static final DestinationKeys KEYS = GoldenKeys.read();

  @FuzzTest
  void client(byte[] input) {
    int plan = input.length == 0 ? 0 : input[0] & 0xff;
    Owner owner = new Owner();
    I2cpClient client =
        new I2cpClient(
            SessionOptions.sessionConfig(Map.of()), KEYS, new SplittableRandom(1), owner, owner);
    client.onLinkOpen(0);
    int phase = plan & 3;
    byte[] greeting = greeting(phase);
    client.onBytes(0, greeting, 0, greeting.length);
    assertThat(client.isUp()).isEqualTo(phase == 3);
    long now = 0;
    int piece = 1 + (plan >> 2) * (plan >> 2);
    for (int at = 1; at < input.length; at += piece) {
      now += SECOND / 4;
      client.lookup(now, at, "name.i2p", SECOND);
      client.lookup(now, at, KEYS.destination().hash(), SECOND);
      client.send(now, KEYS.destination(), 6, 1, 2, input, 0, 1, true, at, 0, true);
      client.onBytes(now, input, at, Math.min(piece, input.length - at));
      if (client.nextDeadline() <= now) {
        client.onTimer(now);
      }
      assertThat(client.outstandingLookups()).isLessThanOrEqualTo(MAX_LOOKUPS);
      assertThat(client.isUp() && owner.downs > 0).isFalse();
    }
    endsOnce(client, owner, now);
  }

  private static void endsOnce(I2cpClient client, Owner owner, long now) {
    client.onLinkClosed(now, "gone");
    assertThat(owner.downs).isEqualTo(1);
    assertThat(client.outstandingLookups()).isZero();
    assertThat(client.nextDeadline()).isEqualTo(I2cpClient.NEVER);
    int written = owner.written.size();
    byte[] more = greeting(3);
    client.onBytes(now, more, 0, more.length);
    client.onTimer(now + 1000 * SECOND);
    assertThat(owner.downs).isEqualTo(1);
    assertThat(owner.written.size()).isEqualTo(written);
    owner.checkWritten();
  }

  /** What a router says until a session is in this phase. */
  static byte[] greeting(int phase) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    FrameOutput frame = new FrameOutput();
    if (phase > 0) {
      frame.begin(MessageType.SET_DATE).i64(EPOCH_MILLIS).string("0.9.64");
      bytes.writeBytes(frame.finish().toBytes());
    }
    if (phase > 1) {
      frame.begin(MessageType.SESSION_STATUS).u16(SESSION).u8(1);
      bytes.writeBytes(frame.finish().toBytes());
    }
    if (phase > 2) {
      frame.begin(MessageType.REQUEST_VARIABLE_LEASE_SET).u16(SESSION).u8(1);
      frame.bytes(new byte[32]).u32(7).i64(EPOCH_MILLIS + 600_000);
      bytes.writeBytes(frame.finish().toBytes());
    }
    return bytes.toByteArray();
  }

  /** Checks what it is told. */
  private static final class Owner implements ByteOutput, I2cpListener {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private int ups;
    private int downs;

    /** All that the client wrote is whole frames behind the protocol byte. */
    void checkWritten() {
      byte[] bytes = written.toByteArray();
      assertThat(bytes[0]).isEqualTo((byte) 0x2a);
      int[] consumed = {1};
      try {
        new FrameSplitter()
            .feed(
                bytes,
                1,
                bytes.length - 1,
                (type, array, offset, length) -> consumed[0] += FrameSplitter.HEADER + length);
      } catch (MalformedFrameException e) {
        throw new AssertionError("the client writes a malformed frame", e);
      }
      assertThat(consumed[0]).isEqualTo(bytes.length);
    }

    private void alive() {
      assertThat(downs).as("told after its end").isZero();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      alive();
      written.write(bytes, offset, length);
    }

    @Override
    public void sessionUp(long now) {
      alive();
      assertThat(++ups).isEqualTo(1);
    }

    @Override
    public void sessionDown(long now, String reason, boolean retryable) {
      assertThat(reason).isNotEmpty();
      assertThat(++downs).isEqualTo(1);
    }

    @Override
    public void payload(
        long now, int protocol, int fromPort, int toPort, byte[] bytes, int offset, int length) {
      alive();
      assertThat(protocol).isBetween(0, 255);
      assertThat(length).isBetween(0, GzipPayload.MAX_PLAIN);
      assertThat(Arrays.copyOfRange(bytes, offset, offset + length)).hasSize(length);
    }

    @Override
    public void delivery(long now, long nonce, DeliveryStatus status) {
      alive();
      assertThat(nonce).isPositive();
    }

    @Override
    public void lookedUp(long now, long lookupId, @Nullable Destination destination) {
      assertThat(lookupId).isNotNegative();
    }
  }
}
