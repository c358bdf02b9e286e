package io.i2pstreaming.embedded;

import io.i2pstreaming.i2cp.FrameSplitter;
import io.i2pstreaming.i2cp.MessageType;

/**
 * Follows a client's bytes just enough to know where a frame starts, so that a whole message can be
 * left out without breaking the stream. Not thread-safe.
 */
final class FrameCursor {
  private boolean greeted;
  private int headerBytes;
  private long body;
  private long bodyLeft;

  /** Whether these next bytes are exactly one SendMessage or SendMessageExpires. */
  boolean isOneMessage(byte[] bytes, int offset, int length) {
    if (!greeted || headerBytes > 0 || bodyLeft > 0 || length < FrameSplitter.HEADER) {
      return false;
    }
    long declared = 0;
    for (int i = 0; i < 4; i++) {
      declared = declared << 8 | (bytes[offset + i] & 0xff);
    }
    int type = bytes[offset + 4];
    return declared + FrameSplitter.HEADER == length
        && (type == MessageType.SEND_MESSAGE || type == MessageType.SEND_MESSAGE_EXPIRES);
  }

  /** Passes over bytes that are sent. */
  void pass(byte[] bytes, int offset, int length) {
    int at = offset;
    int end = offset + length;
    while (at < end) {
      if (!greeted) {
        greeted = true;
        at++;
      } else if (bodyLeft > 0) {
        int count = (int) Math.min(bodyLeft, end - at);
        bodyLeft -= count;
        at += count;
      } else {
        header(bytes[at] & 0xff);
        at++;
      }
    }
  }

  private void header(int value) {
    if (headerBytes < 4) {
      body = headerBytes == 0 ? value : body << 8 | value;
    }
    headerBytes++;
    if (headerBytes == FrameSplitter.HEADER) {
      headerBytes = 0;
      bodyLeft = body;
    }
  }
}
