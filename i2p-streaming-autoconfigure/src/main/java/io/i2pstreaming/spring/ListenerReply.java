package io.i2pstreaming.spring;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.converter.MessageConverter;

/** What a listener method returns, as bytes for the peer. Knows nothing of streams or framing. */
final class ListenerReply {
  private final MessageConverter converter;

  ListenerReply(MessageConverter converter) {
    this.converter = converter;
  }

  /**
   * The bytes of a result, text in UTF-8, other objects as the converter makes them; null if there
   * is nothing to write. Waits for a result that comes later: replies keep the order of their
   * messages. When it does not come, it is cancelled.
   */
  byte @Nullable [] bytes(@Nullable Object result, Duration timeout) throws Exception {
    Object value = result instanceof CompletionStage<?> later ? await(later, timeout) : result;
    if (value instanceof Message<?> message) {
      value = message.getPayload();
    }
    if (value == null || value instanceof byte[]) {
      return (byte[]) value;
    }
    return value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : converted(value);
  }

  private byte[] converted(Object value) {
    Message<?> message;
    try {
      message = converter.toMessage(value, new MessageHeaders(Map.of()));
    } catch (MessageConversionException e) {
      // Not a fault of the message that this replies to.
      throw new IllegalStateException("A reply could not be converted.", e);
    }
    Object payload = message == null ? null : message.getPayload();
    if (payload instanceof byte[] bytes) {
      return bytes;
    }
    if (payload instanceof String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    throw new IllegalStateException(
        "No message converter makes bytes of a reply of " + value.getClass().getName() + ".");
  }

  private static @Nullable Object await(CompletionStage<?> later, Duration timeout)
      throws Exception {
    CompletableFuture<?> future = later.toCompletableFuture();
    try {
      return timeout.isZero() ? future.get() : future.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      // What the application failed with, as if the method had thrown it.
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    } catch (TimeoutException e) {
      future.cancel(true);
      throw new I2PReplyTimeoutException("A reply was not there within " + timeout + ".");
    } catch (InterruptedException e) {
      future.cancel(true);
      throw e;
    }
  }
}
