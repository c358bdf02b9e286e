package io.i2pstreaming.verification.fuzz;

import static io.i2pstreaming.wire.PacketFlags.DELAY_REQUESTED;
import static io.i2pstreaming.wire.PacketFlags.FROM_INCLUDED;
import static io.i2pstreaming.wire.PacketFlags.MAX_PACKET_SIZE_INCLUDED;
import static io.i2pstreaming.wire.PacketFlags.OFFLINE_SIGNATURE;
import static io.i2pstreaming.wire.PacketFlags.SIGNATURE_INCLUDED;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.i2pstreaming.wire.MalformedPacketException;
import io.i2pstreaming.wire.PacketView;
import io.i2pstreaming.wire.PacketWriter;
import java.util.Arrays;

/** Any bytes as a packet: refused with a rule's name, or read so that writing gives them back. */
final class PacketFuzz {
  private static final int SURROUNDING = 7;

  @FuzzTest
  void packet(byte[] input) {
    PacketView view = new PacketView();
    byte[] surrounded = new byte[input.length + 2 * SURROUNDING];
    Arrays.fill(surrounded, (byte) 0xff);
    System.arraycopy(input, 0, surrounded, SURROUNDING, input.length);
    boolean accepted = wrap(view, input, 0, input.length);
    String text = accepted ? view.toString() : "";
    assertThat(wrap(view, surrounded, SURROUNDING, input.length))
        .as("what stands around a packet changes nothing")
        .isEqualTo(accepted);
    if (accepted) {
      assertThat(view.toString()).isEqualTo(text).isNotEmpty().doesNotContain("\n");
      assertThat(view.payloadLength()).isBetween(0, PacketView.MAX_PAYLOAD);
      assertThat(view.chokes()).isEqualTo(view.delayMillis() > 60_000);
      assertThat(rewritten(view)).isEqualTo(input);
    }
  }

  private static boolean wrap(PacketView view, byte[] bytes, int offset, int length) {
    try {
      view.wrap(bytes, offset, length);
      return true;
    } catch (MalformedPacketException refused) {
      assertThat(refused.getMessage()).isNotEmpty();
      return false;
    }
  }

  private static byte[] rewritten(PacketView view) {
    byte[] target = new byte[view.length()];
    PacketWriter writer =
        new PacketWriter()
            .begin(
                target,
                view.sendStreamId(),
                view.receiveStreamId(),
                view.sequence(),
                view.ackThrough());
    for (int i = 0; i < view.nackCount(); i++) {
      writer.nack(view.nack(i));
    }
    writer.flags(view.resendDelaySeconds(), view.flags());
    if (view.has(DELAY_REQUESTED)) {
      writer.delay(view.delayMillis());
    }
    if (view.has(FROM_INCLUDED)) {
      writer.from(part(view, view.fromOffset(), view.fromLength()));
    }
    if (view.has(MAX_PACKET_SIZE_INCLUDED)) {
      writer.maxPacketSize(view.maxPacketSize());
    }
    if (view.has(OFFLINE_SIGNATURE)) {
      writer.offline(part(view, view.offlineOffset(), view.offlineLength()));
    }
    if (view.has(SIGNATURE_INCLUDED)) {
      writer.signature(view.signatureLength());
      copy(view, view.signatureOffset(), target, writer.signatureOffset(), view.signatureLength());
    }
    writer.endOptions();
    copy(view, view.payloadOffset(), target, writer.length(), view.payloadLength());
    return Arrays.copyOf(target, writer.payload(view.payloadLength()));
  }

  private static byte[] part(PacketView view, int offset, int length) {
    return Arrays.copyOfRange(view.buffer(), offset, offset + length);
  }

  private static void copy(PacketView view, int from, byte[] target, int to, int length) {
    System.arraycopy(view.buffer(), from, target, to, length);
  }
}
