package io.i2pstreaming.embedded;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client that keeps every frame that the router sends it. */
final class RecordedOutput implements ClientOutput {
  final List<byte[]> frames = new ArrayList<>();
  boolean slow;
  @Nullable String closed;

  @Override
  public boolean write(byte[] bytes, int offset, int length, boolean payload) {
    if (slow && payload) {
      return false;
    }
    frames.add(Arrays.copyOfRange(bytes, offset, offset + length));
    return true;
  }

  @Override
  public void close(String cause) {
    closed = cause;
  }

  /** Takes the oldest frame, which must have this type. */
  byte[] next(int type) {
    if (frames.isEmpty()) {
      throw new AssertionError("no frame where one of type " + type + " was expected");
    }
    byte[] frame = frames.remove(0);
    if (frame[4] != type) {
      throw new AssertionError("a frame of type " + frame[4] + " instead of " + type);
    }
    return frame;
  }

  /** The text of the Disconnect that must come next. */
  String nextReason() {
    byte[] frame = next(30);
    return new String(frame, 6, frame[5] & 0xff, StandardCharsets.UTF_8);
  }

  /** Status code of the MessageStatus that must come next. */
  int nextStatus(long nonce) {
    byte[] frame = next(22);
    int at = frame.length - 4;
    long got = 0;
    for (int i = 0; i < 4; i++) {
      got = got << 8 | (frame[at + i] & 0xff);
    }
    if (got != nonce) {
      throw new AssertionError("status for nonce " + got + " instead of " + nonce);
    }
    return frame[11];
  }
}
