package io.i2pstreaming.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.i2cp.FrameOutput;
import io.i2pstreaming.i2cp.MessageType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("B1 the router's reader is never blocked")
class InboundTest {
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicInteger wakes = new AtomicInteger();
  private final Inbound inbound = new Inbound(dropped, wakes::incrementAndGet);

  private static byte[] frame(int type, int length) {
    return new FrameOutput().begin(type).bytes(new byte[length]).finish().toBytes();
  }

  private byte[] taken() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] chunk = inbound.poll(); chunk != null; chunk = inbound.poll()) {
      all.writeBytes(chunk);
    }
    return all.toByteArray();
  }

  @Test
  void framesCutAnywhereComeOutWholeAndInOrder() {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    for (int i = 0; i < 50; i++) {
      sent.writeBytes(frame(i % 2 == 0 ? MessageType.MESSAGE_PAYLOAD : MessageType.SET_DATE, i));
    }
    byte[] bytes = sent.toByteArray();
    for (int at = 0; at < bytes.length; at += 7) {
      inbound.received(bytes, at, Math.min(7, bytes.length - at));
    }

    assertThat(taken()).isEqualTo(bytes);
    assertThat(dropped).hasValue(0);
    assertThat(wakes.get()).isPositive();
  }

  @Test
  void whenTooMuchWaitsPayloadsAreDroppedAndCountedAndOtherFramesAreNot() {
    byte[] payload = frame(MessageType.MESSAGE_PAYLOAD, 65_536);
    byte[] status = frame(MessageType.MESSAGE_STATUS, 15);
    int sent = 200;
    for (int i = 0; i < sent; i++) {
      inbound.received(payload, 0, payload.length);
      inbound.received(status, 0, status.length);
    }
    int got = taken().length - sent * status.length;

    assertThat(dropped.get()).isPositive();
    assertThat(got).isEqualTo((int) (sent - dropped.get()) * payload.length);
    assertThat((long) got).isLessThanOrEqualTo(Inbound.MAX_PAYLOAD_BYTES);
    assertThat(inbound.closedBecause()).isNull();
    inbound.received(payload, 0, payload.length);
    assertThat(taken()).isEqualTo(payload);
  }

  @Test
  void aFloodOfOtherFramesEndsTheLink() {
    byte[] frame = frame(MessageType.SET_DATE, 100_000);
    for (int i = 0; i < 100; i++) {
      inbound.received(frame, 0, frame.length);
    }
    assertThat(taken()).hasSizeLessThanOrEqualTo((int) Inbound.MAX_BYTES);
    assertThat(inbound.closedBecause()).contains("control messages");
  }

  @Test
  void bytesThatAreNoFramesEndTheLinkAfterTheFramesBeforeThem() {
    byte[] good = frame(MessageType.SET_DATE, 9);
    inbound.received(good, 0, good.length);
    byte[] bad = {-1, -1, -1, -1, 0};
    inbound.received(bad, 0, bad.length);

    assertThat(inbound.closedBecause()).isNull();
    assertThat(taken()).isEqualTo(good);
    assertThat(inbound.closedBecause()).contains("not I2CP");
  }

  @Test
  void theLinksEndIsToldAfterItsLastFrame() {
    byte[] last = frame(MessageType.DISCONNECT, 3);
    inbound.received(last, 0, last.length);
    inbound.closed(new IOException("connection reset"));

    assertThat(inbound.isEmpty()).isFalse();
    assertThat(inbound.closedBecause()).isNull();
    assertThat(taken()).isEqualTo(last);
    assertThat(inbound.closedBecause()).isEqualTo("connection reset");
  }
}
