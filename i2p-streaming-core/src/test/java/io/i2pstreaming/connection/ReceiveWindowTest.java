package io.i2pstreaming.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.wire.PacketView;
import io.i2pstreaming.wire.PacketWriter;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A4 what has arrived")
class ReceiveWindowTest {
  private final ReceiveWindow window = new ReceiveWindow(128);
  private final Recorder sink = new Recorder();

  /** A packet whose bytes are all its number. */
  private int accept(long sequence, int length) {
    byte[] bytes = new byte[3 + length];
    Arrays.fill(bytes, 3, bytes.length, (byte) sequence);
    return window.accept(sequence, bytes, 3, length, sink);
  }

  private static final class Recorder implements ByteSink {
    private final ByteArrayOutputStream delivered = new ByteArrayOutputStream();

    @Override
    public void deliver(byte[] bytes, int offset, int length) {
      assertThat(length).as("never for nothing").isPositive();
      delivered.write(bytes, offset, length);
    }

    @Override
    public void endOfStream() {}

    @Override
    public int unread() {
      return 0;
    }

    @Override
    public boolean abandoned() {
      return false;
    }
  }

  @Test
  void deliversInOrderAndOnce() {
    assertThat(window.hasReceived()).isFalse();
    assertThat(window.highest()).isEqualTo(-1);
    assertThat(accept(0, 2)).isEqualTo(2);
    assertThat(window.hasReceived()).isTrue();
    assertThat(accept(2, 3)).isZero();
    assertThat(accept(3, 0)).isZero();
    assertThat(accept(5, 4)).isZero();
    assertThat(window.hasHoles()).isTrue();
    assertThat(window.earlyBytes()).isEqualTo(7);
    assertThat(accept(1, 1)).isEqualTo(4);
    assertThat(window.earlyBytes()).isEqualTo(4);
    assertThat(window.expected()).isEqualTo(4);
    assertThat(window.highest()).isEqualTo(5);
    assertThat(accept(4, 0)).isEqualTo(4);
    assertThat(window.hasHoles()).isFalse();
    assertThat(window.earlyBytes()).isZero();
    assertThat(sink.delivered.toByteArray()).containsExactly(0, 0, 1, 2, 2, 2, 5, 5, 5, 5);
  }

  @Test
  void knowsDuplicatesFromHoles() {
    accept(0, 1);
    assertThat(window.isDuplicate(0)).isTrue();
    assertThat(window.isDuplicate(1)).isFalse();
    accept(3, 1);
    assertThat(window.isDuplicate(1)).isFalse();
    assertThat(window.isDuplicate(2)).isFalse();
    assertThat(window.isDuplicate(3)).isTrue();
    assertThat(window.isDuplicate(4)).isFalse();
    assertThat(window.isDuplicate(3 + 16)).as("the same place in the array").isFalse();
  }

  @Test
  void takesNumbersUpToItsLimit() {
    accept(0, 1);
    assertThat(window.isOutOfRange(128)).isFalse();
    assertThat(window.isOutOfRange(129)).isTrue();
    for (long sequence = 128; sequence > 1; sequence--) {
      accept(sequence, 1);
    }
    assertThat(accept(1, 1)).isEqualTo(128);
    assertThat(window.expected()).isEqualTo(129);
    byte[] bytes = sink.delivered.toByteArray();
    for (int i = 0; i < 129; i++) {
      assertThat(bytes[i]).isEqualTo((byte) i);
    }
  }

  @Test
  void namesTheHolesAndNoMoreThanAllowed() throws Exception {
    accept(0, 1);
    for (long sequence : new long[] {2, 4, 6, 7}) {
      accept(sequence, 1);
    }
    assertThat(window.ackThrough(3)).isEqualTo(7);
    assertThat(window.ackThrough(2)).isEqualTo(4);
    assertThat(window.ackThrough(0)).isEqualTo(0);
    assertThat(nacks(7)).containsExactly(1L, 3L, 5L);
    assertThat(nacks(4)).containsExactly(1L, 3L);
    accept(1, 1);
    accept(3, 1);
    accept(5, 1);
    assertThat(window.ackThrough(0)).isEqualTo(7);
    assertThat(nacks(7)).isEmpty();
  }

  @Test
  void forgetsWhatWasNotDelivered() {
    accept(0, 1);
    accept(2, 5);
    window.clearEarly();
    assertThat(window.highest()).isEqualTo(0);
    assertThat(window.earlyBytes()).isZero();
    assertThat(window.hasHoles()).isFalse();
    assertThat(accept(1, 1)).isEqualTo(1);
    assertThat(window.isDuplicate(2)).isFalse();
  }

  private List<Long> nacks(long ackThrough) throws Exception {
    byte[] packet = new byte[200];
    PacketWriter writer = new PacketWriter().begin(packet, 1, 2, 0, ackThrough);
    window.writeNacks(writer, ackThrough);
    writer.flags(1, 0).endOptions();
    PacketView view = new PacketView().wrap(packet, 0, writer.payload(0));
    List<Long> nacks = new ArrayList<>();
    for (int i = 0; i < view.nackCount(); i++) {
      nacks.add(view.nack(i));
    }
    return nacks;
  }
}
