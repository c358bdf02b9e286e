package io.i2pstreaming.test;

import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamingException;
import io.i2pstreaming.identity.Destination;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about one stream. Those that read take the bytes away, and fail when none comes for
 * half a minute, or for the socket's own timeout if it has one.
 */
public final class I2PSocketAssert extends AbstractAssert<I2PSocketAssert, I2PSocket> {
  private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(30).toMillis();

  private static final int MAX_LINE_BYTES = 1 << 20;
  private static final int BLOCK = 8192;

  I2PSocketAssert(I2PSocket actual) {
    super(actual, I2PSocketAssert.class);
  }

  /** The stream leads to this destination. */
  public I2PSocketAssert isConnectedTo(Destination expected) {
    isNotNull();
    if (!actual.isConnected() || !actual.remoteDestination().equals(expected)) {
      failWithMessage("Expected %s to lead to <%s>", actual, expected.base32());
    }
    return this;
  }

  /** The next bytes are those of {@code expected} in UTF-8. */
  public I2PSocketAssert receives(String expected) {
    byte[] bytes = expected.getBytes(StandardCharsets.UTF_8);
    byte[] received = read(bytes.length);
    if (!Arrays.equals(bytes, received)) {
      String text = new String(received, StandardCharsets.UTF_8);
      throw failureWithActualExpected(
          text, expected, "Expected <%s>, but <%s> came", expected, text);
    }
    return this;
  }

  /** The next bytes are {@code expected}. */
  public I2PSocketAssert receives(byte[] expected) {
    byte[] received = read(expected.length);
    int difference = Arrays.mismatch(expected, received);
    if (difference >= 0) {
      failWithMessage(
          "Expected %s bytes, but %s came, and byte %s is the first that differs",
          expected.length, received.length, difference);
    }
    return this;
  }

  /** The peer has closed its side, and nothing is left to read. */
  public I2PSocketAssert receivesEnd() {
    if (read(1).length > 0) {
      failWithMessage("Expected the end of the stream, but there is more to read");
    }
    return this;
  }

  /** The next bytes, up to LF or CR LF or the end, are this line in UTF-8; its end is read too. */
  public I2PSocketAssert receivesLine(String expected) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    byte[] next = read(1);
    while (next.length == 1 && next[0] != '\n') {
      line.write(next[0]);
      if (line.size() > MAX_LINE_BYTES) {
        failWithMessage("Expected a line, but %s bytes came without its end", line.size());
      }
      next = read(1);
    }
    String received = line.toString(StandardCharsets.UTF_8);
    if (received.endsWith("\r")) {
      received = received.substring(0, received.length() - 1);
    }
    if (!received.equals(expected)) {
      throw failureWithActualExpected(
          received, expected, "Expected the line <%s>, but <%s> came", expected, received);
    }
    return this;
  }

  /** The peer has reset the stream; what was to be read before is taken away. */
  public I2PSocketAssert receivesReset() {
    isNotNull();
    try {
      while (read(BLOCK).length == BLOCK) {
        // More may follow.
      }
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof StreamingException.Reset) {
        return this;
      }
      throw notReset(e);
    }
    failWithMessage("Expected the stream to be reset, but it came to its end");
    return this;
  }

  private AssertionError notReset(UncheckedIOException cause) {
    AssertionError failure = failure("Expected the stream to be reset, but: %s", cause.getCause());
    failure.initCause(cause);
    return failure;
  }

  /** As many bytes, or fewer if the stream ends before. */
  private byte[] read(int length) {
    isNotNull();
    byte[] bytes = new byte[length];
    int count = 0;
    int usual = actual.getSoTimeout();
    try {
      if (usual == 0) {
        actual.setSoTimeout(PATIENCE_MILLIS);
      }
      InputStream in = actual.getInputStream();
      while (count < length) {
        int n = in.read(bytes, count, length - count);
        if (n < 0) {
          break;
        }
        count += n;
      }
    } catch (SocketTimeoutException e) {
      failWithMessage("Expected %s bytes, but nothing came after %s", length, count);
    } catch (IOException e) {
      throw new UncheckedIOException("after " + count + " of " + length + " bytes", e);
    } finally {
      actual.setSoTimeout(usual);
    }
    return Arrays.copyOf(bytes, count);
  }
}
