package io.i2pstreaming.spring;

import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/** What a listener method returns, as bytes for the peer. Knows nothing of streams or framing. */
final class ListenerReply {
  private ListenerReply() {}

  /** Whether the method's results can be written: nothing, text, bytes, or one of them later. */
  static boolean isWritable(Method method) {
    Class<?> type = method.getReturnType();
    if (CompletionStage.class.isAssignableFrom(type)) {
      ResolvableType later = ResolvableType.forMethodReturnType(method).as(CompletionStage.class);
      type = later.getGeneric(0).resolve(Object.class);
    }
    return type == void.class || type == Void.class || type == String.class || type == byte[].class;
  }

  /**
   * The bytes of a result, text in UTF-8; null if there is nothing to write. Waits for a result
   * that comes later: replies keep the order of their messages.
   */
  static byte @Nullable [] bytes(@Nullable Object result) throws Exception {
    Object value = result;
    if (value instanceof CompletionStage<?> later) {
      try {
        value = later.toCompletableFuture().get();
      } catch (ExecutionException e) {
        // What the application failed with, as if the method had thrown it.
        if (e.getCause() instanceof Exception cause) {
          throw cause;
        }
        throw e;
      }
    }
    if (value instanceof String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    return (byte[]) value;
  }
}
