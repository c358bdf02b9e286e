package io.i2pstreaming.loop;

import io.i2pstreaming.i2cp.ByteOutput;
import io.i2pstreaming.link.RouterLink;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Collects what goes to the router, for one write per turn. Loop thread only. A write may wait for
 * the router to read; that stops this loop, and it is meant to: nothing could be sent anyway, and
 * the application's writes wait in their pipes.
 */
final class Outbound implements ByteOutput {
  /** From this many bytes on, they are written without waiting for the end of the turn. */
  private static final int ENOUGH = 64 * 1024;

  private final RouterLink link;
  private byte[] bytes = new byte[ENOUGH];
  private int length;
  private @Nullable IOException failure;

  Outbound(RouterLink link) {
    this.link = link;
  }

  @Override
  public void write(byte[] source, int offset, int count) {
    if (bytes.length - length < count) {
      bytes = Arrays.copyOf(bytes, Math.max(length + count, 2 * bytes.length));
    }
    System.arraycopy(source, offset, bytes, length, count);
    length += count;
    if (length >= ENOUGH) {
      flush();
    }
  }

  /** Writes what was collected; a failure is kept for {@link #failure()}. */
  void flush() {
    int count = length;
    length = 0;
    if (count == 0 || failure != null) {
      return;
    }
    try {
      link.write(bytes, 0, count);
    } catch (IOException e) {
      failure = e;
    }
  }

  /** Why the link takes no more bytes, or null. */
  @Nullable IOException failure() {
    return failure;
  }
}
