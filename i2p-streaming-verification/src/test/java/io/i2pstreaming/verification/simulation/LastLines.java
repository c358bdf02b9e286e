package io.i2pstreaming.verification.simulation;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps the last lines of a text that may be long. */
final class LastLines extends OutputStream {
  private static final int BYTES = 4096;

  private final byte[] ring = new byte[BYTES];
  private long count;

  @Override
  public void write(int value) {
    ring[(int) (count++ % BYTES)] = (byte) value;
  }

  @Override
  public String toString() {
    int kept = (int) Math.min(count, BYTES);
    byte[] bytes = new byte[kept];
    for (int i = 0; i < kept; i++) {
      bytes[i] = ring[(int) ((count - kept + i) % BYTES)];
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    return count > kept ? text.substring(text.indexOf('\n') + 1) : text;
  }
}
