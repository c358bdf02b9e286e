package io.i2pstreaming.i2cp;

/**
 * Reads the messages that a router delivers and what became of those that were sent, and tells the
 * listener. Called by {@link I2cpClient} while it has a session; knows no session life.
 *
 * <p>I2CP specification, "MessagePayloadMessage" and "MessageStatusMessage".
 */
final class MessageReader {
  private final GzipPayload gzip;
  private final I2cpListener listener;

  MessageReader(GzipPayload gzip, I2cpListener listener) {
    this.gzip = gzip;
    this.listener = listener;
  }

  /** Reads a payload; false when it is another session's, or shorter than it says. */
  boolean payload(long now, int sessionId, FrameInput in) throws MalformedFrameException {
    int id = in.u16();
    in.u32();
    long length = in.u32();
    if (id != sessionId || length > in.remaining()) {
      return false;
    }
    gzip.open(in.array(), in.offset(), (int) length);
    listener.payload(
        now,
        gzip.protocol(),
        gzip.fromPort(),
        gzip.toPort(),
        gzip.data(),
        gzip.dataOffset(),
        gzip.dataLength());
    return true;
  }

  /** Reads a status; false when it is another session's, or of a message without a nonce. */
  boolean status(long now, int sessionId, FrameInput in) throws MalformedFrameException {
    int id = in.u16();
    in.u32();
    int status = in.u8();
    in.u32();
    long nonce = in.u32();
    if (id != sessionId || nonce == 0) {
      return false;
    }
    listener.delivery(now, nonce, DeliveryStatus.ofCode(status));
    return true;
  }
}
