package io.i2pstreaming.spring.site;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.apache.hc.core5.http.impl.BasicHttpTransportMetrics;
import org.apache.hc.core5.http.io.HttpTransportMetrics;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.util.CharArrayBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What HttpCore reads lines and bodies from. Lenient parsers are what request smuggling lives on,
 * so a line ends with CR LF and nothing else, holds no control characters, does not begin with
 * white space (no folded headers) nor with a sign (no signed chunk sizes), and lines that follow
 * each other have a limit together. Bytes become characters one to one (ISO 8859-1). Knows how long
 * the next read may wait. Used by one thread at a time.
 */
final class StrictInput implements SessionInputBuffer {
  private static final int END_OF_LINE = 2;
  private static final int CAPACITY = 16 * 1024;
  private static final int MAX_ORIGIN_LINES_BYTES = 256 * 1024;

  private final Socket socket;
  private final InputStream in;
  private final int maxLinesBytes;
  private final Refusal malformed;
  private final Refusal tooLarge;
  private final BasicHttpTransportMetrics metrics = new BasicHttpTransportMetrics();
  private final byte[] buffer = new byte[CAPACITY];
  private int position;
  private int limit;
  private int linesBytes;

  private long deadlineNanos;
  private boolean hasDeadline;
  private int readMillis;
  private @Nullable PeerPatience patience;

  private StrictInput(Socket socket, int maxLinesBytes, Refusal malformed, Refusal tooLarge)
      throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
    this.maxLinesBytes = maxLinesBytes;
    this.malformed = malformed;
    this.tooLarge = tooLarge;
  }

  /** What a peer sends; lines that follow each other are at most {@code maxLinesBytes}. */
  static StrictInput ofPeer(Socket socket, int maxLinesBytes) throws IOException {
    return new StrictInput(socket, maxLinesBytes, Refusal.MALFORMED, Refusal.HEAD_TOO_LARGE);
  }

  /** What the application answers. */
  static StrictInput ofOrigin(Socket socket) throws IOException {
    return new StrictInput(
        socket, MAX_ORIGIN_LINES_BYTES, Refusal.BAD_GATEWAY, Refusal.BAD_GATEWAY);
  }

  /** All reads from now on end before {@code duration} has passed. */
  void within(Duration duration) {
    deadlineNanos = System.nanoTime() + duration.toNanos();
    hasDeadline = true;
    patience = null;
  }

  /** Each read may wait so long from now on; zero is for ever. */
  void eachWithin(Duration duration, @Nullable PeerPatience spent) {
    hasDeadline = false;
    readMillis = (int) Math.min(Integer.MAX_VALUE, duration.toMillis());
    patience = spent;
  }

  /** The raw stream, which HttpCore passes back to us. */
  InputStream raw() {
    return in;
  }

  /** Whether more of a body is here; the end of a chunk's line is none. */
  boolean isReady() throws IOException {
    return limit - position > END_OF_LINE || in.available() > 0;
  }

  /** Waits for the first byte of what comes next; false at the end of the stream. */
  boolean await() throws IOException {
    linesBytes = 0;
    return position < limit || fill() > 0;
  }

  private int fill() throws IOException {
    position = 0;
    limit = 0;
    int read = readSocket(buffer, 0, buffer.length);
    limit = Math.max(0, read);
    return read;
  }

  private int readSocket(byte[] target, int offset, int length) throws IOException {
    long began = System.nanoTime();
    int millis = readMillis;
    if (hasDeadline) {
      long left = (deadlineNanos - began) / 1_000_000L;
      if (left <= 0) {
        throw new SocketTimeoutException("took too long");
      }
      millis = (int) Math.min(Integer.MAX_VALUE, left);
    }
    socket.setSoTimeout(millis);
    int read = in.read(target, offset, length);
    if (patience != null) {
      patience.spent(System.nanoTime() - began, Math.max(0, read));
    }
    if (read > 0) {
      metrics.incrementBytesTransferred(read);
    }
    return read;
  }

  @Override
  public int readLine(CharArrayBuffer line, @Nullable InputStream ignored) throws IOException {
    int before = line.length();
    boolean carriageReturn = false;
    while (true) {
      if (position == limit && fill() < 0) {
        // Never −1, which HttpCore would take for the end of a head.
        throw malformed("the stream ends inside a head or a chunked body");
      }
      int octet = buffer[position++] & 0xff;
      if (++linesBytes > maxLinesBytes) {
        throw new RefusedRequestException(tooLarge, "the head is too large");
      }
      if (carriageReturn) {
        if (octet != '\n') {
          throw malformed("a line has CR without LF");
        }
        return line.length() - before;
      }
      carriageReturn = octet == '\r';
      if (!carriageReturn) {
        append(line, before, octet);
      }
    }
  }

  private void append(CharArrayBuffer line, int before, int octet) throws IOException {
    if ((octet < ' ' && octet != '\t') || octet == 0x7f) {
      throw malformed("a line has a control character or LF without CR");
    }
    if (line.length() == before && (octet == ' ' || octet == '\t')) {
      throw malformed("a line begins with white space");
    }
    if (line.length() == before && (octet == '+' || octet == '-')) {
      throw malformed("a line begins with a sign");
    }
    line.append((char) octet);
  }

  private RefusedRequestException malformed(String why) {
    return new RefusedRequestException(malformed, why);
  }

  @Override
  public int read(byte[] target, int offset, int length, @Nullable InputStream ignored)
      throws IOException {
    if (length == 0) {
      return 0;
    }
    linesBytes = 0;
    if (position == limit) {
      if (length >= buffer.length) {
        return readSocket(target, offset, length);
      }
      if (fill() < 0) {
        return -1;
      }
    }
    int count = Math.min(length, limit - position);
    System.arraycopy(buffer, position, target, offset, count);
    position += count;
    return count;
  }

  @Override
  public int read(byte[] target, @Nullable InputStream ignored) throws IOException {
    return read(target, 0, target.length, ignored);
  }

  @Override
  public int read(@Nullable InputStream ignored) throws IOException {
    linesBytes = 0;
    if (position == limit && fill() < 0) {
      return -1;
    }
    return buffer[position++] & 0xff;
  }

  @Override
  public int length() {
    return limit - position;
  }

  @Override
  public int capacity() {
    return buffer.length;
  }

  @Override
  public int available() {
    return limit - position;
  }

  @Override
  public HttpTransportMetrics getMetrics() {
    return metrics;
  }
}
