package io.i2pstreaming;

import java.io.IOException;

/**
 * Something about a stream or its session failed. The message says what, and what to do where
 * known.
 */
public class StreamingException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Creates one with a sentence for the application's developer. */
  public StreamingException(String message) {
    super(message);
  }

  /** No answer to our SYN within the connect timeout. */
  public static final class ConnectTimeout extends StreamingException {
    private static final long serialVersionUID = 1L;

    /** Creates one. */
    public ConnectTimeout(String message) {
      super(message);
    }
  }

  /** The peer refused our SYN: nobody listens on that port, or its backlog is full. */
  public static final class Refused extends StreamingException {
    private static final long serialVersionUID = 1L;

    /** Creates one. */
    public Refused(String message) {
      super(message);
    }
  }

  /** The destination cannot be found or reached: unknown name, no lease set. */
  public static final class Unreachable extends StreamingException {
    private static final long serialVersionUID = 1L;

    /** Creates one. */
    public Unreachable(String message) {
      super(message);
    }
  }

  /** The stream was reset, by the peer or locally. */
  public static final class Reset extends StreamingException {
    private static final long serialVersionUID = 1L;

    /** Creates one. */
    public Reset(String message) {
      super(message);
    }
  }

  /** The peer stopped answering. */
  public static final class PeerGone extends StreamingException {
    private static final long serialVersionUID = 1L;

    /** Creates one. */
    public PeerGone(String message) {
      super(message);
    }
  }

  /** The session with the router is down. */
  public static final class RouterLost extends StreamingException {
    private static final long serialVersionUID = 1L;

    /** Creates one. */
    public RouterLost(String message) {
      super(message);
    }
  }

  /** Our own limit of open streams is reached. */
  public static final class LimitExceeded extends StreamingException {
    private static final long serialVersionUID = 1L;

    /** Creates one. */
    public LimitExceeded(String message) {
      super(message);
    }
  }

  /** The manager or the stream was closed. */
  public static final class Closed extends StreamingException {
    private static final long serialVersionUID = 1L;

    /** Creates one. */
    public Closed(String message) {
      super(message);
    }
  }
}
