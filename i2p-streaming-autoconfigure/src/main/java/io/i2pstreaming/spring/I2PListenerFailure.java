package io.i2pstreaming.spring;

import io.i2pstreaming.I2PSocket;
import org.jspecify.annotations.Nullable;

/** What went wrong with a stream, or with one message of it. */
public final class I2PListenerFailure {
  /** Whose fault it is, roughly, and whether the stream can go on. */
  public enum Kind {
    /** A message could not be converted to what the method takes. */
    UNREADABLE,

    /** A message violates a constraint. */
    INVALID,

    /** A message is too long, or cut off. What follows it cannot be read. */
    FRAMING,

    /** A message took too long to arrive. What follows it cannot be read. */
    MESSAGE_TIMEOUT,

    /** A reply was promised, and took too long. */
    REPLY_TIMEOUT,

    /** The method threw, or its reply could not be written. */
    HANDLER
  }

  private final Kind kind;
  private final Exception cause;
  private final I2PSocket socket;
  private final byte @Nullable [] message;
  private final String listenerId;

  I2PListenerFailure(
      Kind kind, Exception cause, I2PSocket socket, byte @Nullable [] message, String listenerId) {
    this.kind = kind;
    this.cause = cause;
    this.socket = socket;
    this.message = message;
    this.listenerId = listenerId;
  }

  /** What happened. */
  public Kind kind() {
    return kind;
  }

  /** What was thrown. Its text may hold parts of the message, and name the peer. */
  public Exception cause() {
    return cause;
  }

  /** The stream. Its error handler answers by what it returns, and does not close or reset it. */
  public I2PSocket socket() {
    return socket;
  }

  /** The message that it happened to; null without one. */
  public byte @Nullable [] message() {
    return message == null ? null : message.clone();
  }

  /** The listener. */
  public String listenerId() {
    return listenerId;
  }

  /** Whether the next message of the stream can be found. */
  boolean canGoOn() {
    return message != null && kind != Kind.FRAMING && kind != Kind.MESSAGE_TIMEOUT;
  }
}
