package io.i2pstreaming.spring.site;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.ContentLengthInputStream;
import org.apache.hc.core5.http.impl.io.IdentityInputStream;

/** How long a body is, and how its end is told (RFC 9112, section 6). Immutable. */
final class BodyLength {
  /** There is none, and no header says so. */
  static final BodyLength NONE = new BodyLength(0, false);

  /** In chunks. */
  static final BodyLength CHUNKED = new BodyLength(-1, true);

  /** Until the end of the connection. */
  static final BodyLength UNTIL_CLOSE = new BodyLength(-1, false);

  private static final Http1Config CHUNKS =
      Http1Config.custom().setMaxHeaderCount(60).setMaxLineLength(0).build();

  private final long bytes;
  private final boolean chunked;

  private BodyLength(long bytes, boolean chunked) {
    this.bytes = bytes;
    this.chunked = chunked;
  }

  /** A body of so many bytes, which may be 0. */
  static BodyLength of(long bytes) {
    return new BodyLength(bytes, false);
  }

  /** Whether not a single byte will come. */
  boolean isEmpty() {
    return bytes == 0;
  }

  /** Whether only its own end tells how long it is. */
  boolean isOpenEnded() {
    return bytes < 0;
  }

  boolean isChunked() {
    return chunked;
  }

  /** The body, from behind its head. */
  InputStream open(StrictInput in) {
    if (chunked) {
      return new ChunkedInputStream(in, in.raw(), CHUNKS);
    }
    return bytes < 0
        ? new IdentityInputStream(in, in.raw())
        : new ContentLengthInputStream(in, in.raw(), bytes);
  }

  /** What follows the last chunk of a body that was read to its end. */
  static List<Header> trailers(InputStream body) {
    return body instanceof ChunkedInputStream chunks ? List.of(chunks.getFooters()) : List.of();
  }

  /** Whether {@code read} bytes are known to be all, without a look at what follows them. */
  boolean isAll(long read) {
    return read == bytes;
  }

  /** Whether a body that has ended after {@code read} bytes is whole. */
  void checkWhole(long read) throws IOException {
    if (bytes > 0 && read != bytes) {
      throw new RefusedRequestException(Refusal.MALFORMED, "the stream ends inside a body");
    }
  }

  /** The header for it, if it needs one. */
  void appendTo(StringBuilder head) {
    if (chunked) {
      head.append("Transfer-Encoding: chunked\r\n");
    } else if (bytes >= 0 && this != NONE) {
      head.append("Content-Length: ").append(bytes).append("\r\n");
    }
  }
}
