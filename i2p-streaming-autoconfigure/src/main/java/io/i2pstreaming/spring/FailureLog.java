package io.i2pstreaming.spring;

import io.i2pstreaming.StreamingException;
import io.i2pstreaming.spring.I2PListenerFailure.Kind;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.MessagingException;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.handler.annotation.support.MethodArgumentNotValidException;
import org.springframework.validation.FieldError;

/**
 * Tells the failures of one listener apart and logs them: at most {@value #WARNINGS_PER_MINUTE}
 * warnings a minute of each kind, because peers can cause them, and never what a peer sent or who
 * it is. Thread-safe.
 */
final class FailureLog {
  static final int WARNINGS_PER_MINUTE = 5;

  private static final Logger log = LoggerFactory.getLogger(I2PListenerContainer.class);
  private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final String CONSTRAINT_VIOLATION =
      "jakarta.validation.ConstraintViolationException";

  /** Warnings of one kind in the present minute. */
  private static final class Window {
    long beginNanos;
    int logged;
    long left;
  }

  private final String id;
  private final LongSupplier clock;
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by the lock. */
  private final Map<Kind, Window> windows = new EnumMap<>(Kind.class);

  /** {@code clock} gives nanoseconds. */
  FailureLog(String id, LongSupplier clock) {
    this.id = id;
    this.clock = clock;
  }

  /** Null if it is no failure of the listener: the peer or the network ended the stream. */
  static @Nullable Kind kind(Exception e) {
    if (e instanceof I2PMessageTimeoutException) {
      return Kind.MESSAGE_TIMEOUT;
    }
    if (e instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
      // What BufferedReader.lines() makes of a lost stream.
      return kind(unchecked.getCause());
    }
    if (e instanceof StreamingException.ConnectTimeout
        || e instanceof StreamingException.Refused
        || e instanceof StreamingException.Unreachable) {
      // Of a stream that the method has opened itself.
      return Kind.HANDLER;
    }
    if (e instanceof StreamingException || e instanceof SocketTimeoutException) {
      return null;
    }
    if (e instanceof I2PFramingException) {
      return Kind.FRAMING;
    }
    if (e instanceof MessageConversionException) {
      return Kind.UNREADABLE;
    }
    if (e instanceof MethodArgumentNotValidException
        || e.getClass().getName().equals(CONSTRAINT_VIOLATION)) {
      return Kind.INVALID;
    }
    return e instanceof I2PReplyTimeoutException ? Kind.REPLY_TIMEOUT : Kind.HANDLER;
  }

  /** A failure that resets its stream. */
  void reset(Kind kind, Exception e) {
    long left = admit(kind);
    if (left < 0) {
      log.debug("Listener '{}' reset a stream: {}", id, words(kind, e));
      return;
    }
    String more = left == 0 ? "" : " (and " + left + " more since the last such warning)";
    if (kind == Kind.HANDLER && !(e instanceof MessagingException)) {
      log.warn("Listener '{}' threw; its stream was reset{}", id, more, e);
    } else {
      log.warn("Listener '{}' reset a stream: {}{}", id, words(kind, e), more);
    }
  }

  /** A failure that an error handler has answered. */
  void answered(Kind kind, Exception e) {
    log.debug("Listener '{}': an error handler answered: {}", id, words(kind, e));
  }

  /** What happened, without texts that may hold the message: those of exceptions. */
  private static String words(Kind kind, Exception e) {
    return switch (kind) {
      case UNREADABLE -> "a message could not be converted, " + classes(e);
      case INVALID -> "a message is not valid, " + violations(e);
      case FRAMING, MESSAGE_TIMEOUT, REPLY_TIMEOUT -> String.valueOf(e.getMessage());
      case HANDLER -> "its method could not be called, or threw " + classes(e);
    };
  }

  private static String violations(Exception e) {
    if (e instanceof MethodArgumentNotValidException invalid
        && invalid.getBindingResult() != null) {
      return invalid.getBindingResult().getAllErrors().stream()
          .map(
              error ->
                  (error instanceof FieldError field ? field.getField() : error.getObjectName())
                      + " "
                      + error.getCode())
          .limit(10)
          .collect(Collectors.joining(", "));
    }
    return classes(e);
  }

  private static String classes(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String outer = e.getClass().getSimpleName();
    return root == e ? outer : outer + " because of " + root.getClass().getSimpleName();
  }

  /** How many were left out since the last one that was logged; −1 if this one is, too. */
  private long admit(Kind kind) {
    long now = clock.getAsLong();
    lock.lock();
    try {
      Window window = windows.computeIfAbsent(kind, k -> new Window());
      if (window.logged == 0 || now - window.beginNanos >= WINDOW_NANOS) {
        window.beginNanos = now;
        window.logged = 0;
      }
      if (window.logged >= WARNINGS_PER_MINUTE) {
        window.left++;
        return -1;
      }
      window.logged++;
      long left = window.left;
      window.left = 0;
      return left;
    } finally {
      lock.unlock();
    }
  }
}
