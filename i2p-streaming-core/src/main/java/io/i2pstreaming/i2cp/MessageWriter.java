package io.i2pstreaming.i2cp;

import io.i2pstreaming.identity.Destination;

/**
 * Writes SendMessageExpires into one frame that is reused: nothing is allocated once it has grown
 * to the largest message. Called by {@link I2cpClient}; knows no session life.
 *
 * <p>I2CP specification, "SendMessageExpiresMessage".
 */
final class MessageWriter {
  private static final int FLAG_NO_BUNDLE = 0x0100;

  private static final long NANOS_PER_MILLI = 1_000_000;

  /** What Java routers keep of a message's life time; below, they drop it as too late. */
  private static final long MIN_LIFETIME_NANOS = 8_000 * NANOS_PER_MILLI;

  private static final long MAX_LIFETIME_NANOS = 90_000 * NANOS_PER_MILLI;

  private final FrameOutput frame = new FrameOutput();
  private final GzipPayload gzip;

  MessageWriter(GzipPayload gzip) {
    this.gzip = gzip;
  }

  /** Starts the frame with session and destination. */
  void address(int sessionId, Destination to) {
    frame.begin(MessageType.SEND_MESSAGE_EXPIRES).u16(sessionId);
    int at = frame.reserve(to.length());
    to.writeTo(frame.array(), at);
  }

  /** Appends the payload in its envelope. */
  void payload(
      int protocol,
      int fromPort,
      int toPort,
      byte[] bytes,
      int offset,
      int length,
      boolean compress) {
    int lengthAt = frame.reserve(4);
    int sealedAt = frame.reserve(length + GzipPayload.STORED_OVERHEAD);
    byte[] array = frame.array();
    int sealed =
        gzip.seal(array, sealedAt, fromPort, toPort, protocol, bytes, offset, length, compress);
    frame.truncate(lengthAt).u32(sealed).truncate(sealedAt + sealed);
  }

  /** Completes the frame; {@code epochMillis} is the router's time. */
  FrameOutput finish(long nonce, long epochMillis, long lifetimeNanos, boolean bundleLeaseSet) {
    long lifetime = Math.max(MIN_LIFETIME_NANOS, Math.min(lifetimeNanos, MAX_LIFETIME_NANOS));
    long expiration = epochMillis + lifetime / NANOS_PER_MILLI;
    frame.u32(nonce).u16(bundleLeaseSet ? 0 : FLAG_NO_BUNDLE);
    frame.u16((int) (expiration >>> 32)).u32(expiration).finish();
    if (frame.length() > SessionRequest.MAX_FRAME) {
      throw new IllegalArgumentException(
          "a message of " + frame.length() + " bytes; routers take at most 65535");
    }
    return frame;
  }
}
