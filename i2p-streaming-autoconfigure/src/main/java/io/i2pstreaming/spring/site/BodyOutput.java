package io.i2pstreaming.spring.site;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.impl.io.ChunkedOutputStream;
import org.apache.hc.core5.http.impl.io.SessionOutputBufferImpl;

/** Writes a head and its body to a connection, whole packets where it can. For one message. */
final class BodyOutput {
  private static final int BUFFER = 8 * 1024;

  private final SessionOutputBufferImpl buffer = new SessionOutputBufferImpl(BUFFER);
  private final OutputStream out;

  BodyOutput(OutputStream out) {
    this.out = out;
  }

  /** A head behind which something follows soon. */
  void head(byte[] head) throws IOException {
    buffer.write(head, out);
  }

  /** Sends what was written so far. */
  void flush() throws IOException {
    buffer.flush(out);
    out.flush();
  }

  /**
   * Copies a body to its end and sends it on as it comes.
   *
   * @param source what {@code body} is read from
   * @param chunked whether the copy is in chunks, with those trailers of the body that {@code
   *     trailers} passes
   * @param read told that the source has given the body's last byte, and before this byte goes on
   */
  void copy(
      InputStream body,
      BodyLength length,
      StrictInput source,
      boolean chunked,
      TrailerRule trailers,
      Runnable read)
      throws IOException {
    List<Header> last = new ArrayList<>();
    ChunkedOutputStream chunks =
        chunked ? new ChunkedOutputStream(buffer, out, BUFFER, () -> last) : null;
    byte[] bytes = new byte[BUFFER];
    long total = 0;
    int count = body.read(bytes);
    while (count >= 0) {
      total += count;
      if (length.isAll(total)) {
        read.run();
      }
      if (chunks != null) {
        chunks.write(bytes, 0, count);
      } else {
        buffer.write(bytes, 0, count, out);
      }
      if (!source.isReady()) {
        if (chunks != null) {
          chunks.flush();
        }
        flush();
      }
      count = body.read(bytes);
    }
    length.checkWhole(total);
    read.run();
    if (chunks != null) {
      last.addAll(trailers.passed(BodyLength.trailers(body)));
      chunks.finish();
    }
    flush();
  }

  /** Which trailers go on. */
  @FunctionalInterface
  interface TrailerRule {
    List<Header> passed(List<Header> all);
  }
}
