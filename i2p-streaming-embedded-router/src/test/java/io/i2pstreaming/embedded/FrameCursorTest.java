package io.i2pstreaming.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C1 what may be left out of a client's bytes")
class FrameCursorTest {
  private static final byte[] MESSAGE = {0, 0, 0, 2, 36, 9, 9};
  private static final byte[] OTHER = {0, 0, 0, 1, 32, 9};

  private final FrameCursor cursor = new FrameCursor();

  @Test
  void isAWholeMessageAtTheStartOfAFrame() {
    assertThat(isMessage(MESSAGE)).as("before the protocol byte").isFalse();
    pass(0x2a);
    assertThat(isMessage(MESSAGE)).isTrue();
    assertThat(isMessage(OTHER)).isFalse();
    assertThat(isMessage(new byte[] {0, 0, 0, 3, 36, 9, 9})).as("cut").isFalse();
    assertThat(isMessage(new byte[] {0, 0, 0, 1, 5, 9, 0})).as("and more").isFalse();
  }

  @Test
  void isNothingInsideAnotherFrame() {
    pass(0x2a, 0, 0);
    assertThat(isMessage(MESSAGE)).as("inside a header").isFalse();
    pass(0, 2, 32);
    assertThat(isMessage(MESSAGE)).as("inside a body").isFalse();
    pass(1);
    assertThat(isMessage(MESSAGE)).as("inside a body").isFalse();
    pass(1);
    assertThat(isMessage(MESSAGE)).isTrue();
    cursor.pass(MESSAGE, 0, MESSAGE.length);
    assertThat(isMessage(MESSAGE)).isTrue();
  }

  private boolean isMessage(byte[] bytes) {
    return cursor.isOneMessage(bytes, 0, bytes.length);
  }

  private void pass(int... values) {
    for (int value : values) {
      cursor.pass(new byte[] {(byte) value}, 0, 1);
    }
  }
}
