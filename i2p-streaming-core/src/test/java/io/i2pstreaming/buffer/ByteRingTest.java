package io.i2pstreaming.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A4 byte ring")
class ByteRingTest {
  /** Byte n of every stream here: any mix-up of offsets shows. */
  private static byte at(long offset) {
    return (byte) (offset * 31 + (offset >>> 8) * 7 + (offset >>> 16));
  }

  private static byte[] bytes(long from, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = at(from + i);
    }
    return bytes;
  }

  @Test
  void keepsEveryByteUnderItsNumber() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      int capacity = 1 + random.nextInt(40_000);
      ByteRing ring = new ByteRing(capacity);
      long start = 0;
      long end = 0;
      for (int step = 0; step < 2_000; step++) {
        switch (random.nextInt(4)) {
          case 0, 1 -> {
            int length = random.nextInt(5_000);
            int offset = random.nextInt(10);
            byte[] source = new byte[offset + length];
            System.arraycopy(bytes(end, length), 0, source, offset, length);
            int taken = ring.append(source, offset, length);
            assertThat(taken).isEqualTo((int) Math.min(length, capacity - (end - start)));
            end += taken;
          }
          case 2 -> {
            int length = random.nextInt(3_000);
            byte[] target = new byte[length + 3];
            int taken = ring.take(target, 3, length);
            assertThat(taken).isEqualTo((int) Math.min(length, end - start));
            assertThat(Arrays.copyOfRange(target, 3, 3 + taken)).isEqualTo(bytes(start, taken));
            start += taken;
          }
          default -> {
            long to = start + random.nextInt((int) (end - start) + 1);
            byte[] target = new byte[(int) (end - to)];
            ring.copy(to, target, 0, target.length);
            assertThat(target).isEqualTo(bytes(to, target.length));
            ring.release(to);
            start = to;
          }
        }
        assertThat(ring.start()).isEqualTo(start);
        assertThat(ring.end()).isEqualTo(end);
        assertThat(ring.size()).isEqualTo((int) (end - start));
        assertThat(ring.free()).isEqualTo(capacity - ring.size());
      }
      assertThat(end).isGreaterThan(2L * capacity);
    }
  }

  @Test
  void keepsCountingWhenItRunsEmpty() {
    ByteRing ring = new ByteRing(10);
    assertThat(ring.append(bytes(0, 30), 0, 30)).isEqualTo(10);
    ring.release(10);
    assertThat(ring.size()).isZero();
    assertThat(ring.append(bytes(10, 5), 0, 5)).isEqualTo(5);
    byte[] target = new byte[5];
    ring.copy(10, target, 0, 5);
    assertThat(target).isEqualTo(bytes(10, 5));
  }

  @Test
  void releasesNothingTwice() {
    ByteRing ring = new ByteRing(10);
    ring.append(bytes(0, 8), 0, 8);
    ring.release(6);
    ring.release(2);
    assertThat(ring.start()).isEqualTo(6);
    assertThat(ring.size()).isEqualTo(2);
  }

  @Test
  void refusesBytesItDoesNotHold() {
    ByteRing ring = new ByteRing(10);
    ring.append(bytes(0, 8), 0, 8);
    ring.release(3);
    byte[] target = new byte[20];
    assertThatThrownBy(() -> ring.copy(2, target, 0, 2))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("3 to 8");
    assertThatThrownBy(() -> ring.copy(3, target, 0, 6))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> ring.release(9)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> ring.append(target, 15, 6))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void hasABoundedCapacity() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ByteRing(0));
    assertThatIllegalArgumentException().isThrownBy(() -> new ByteRing((1 << 30) + 1));
  }
}
