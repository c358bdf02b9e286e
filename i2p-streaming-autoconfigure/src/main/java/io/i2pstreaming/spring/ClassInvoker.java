package io.i2pstreaming.spring;

import io.i2pstreaming.I2PSocket;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.messaging.handler.invocation.InvocableHandlerMethod;

/** Calls one of several methods of a class, by the type that its message turns out to have. */
final class ClassInvoker implements ListenerInvoker {
  private final Class<?> common;
  private final Map<Class<?>, InvocableHandlerMethod> methods;
  private final MessageConverter converter;
  private final @Nullable ListenerInvoker fallback;
  private final boolean fallbackTakesUnreadable;

  /** Messages are converted to {@code common}; each key is a type of its own below it. */
  ClassInvoker(
      Class<?> common,
      Map<Class<?>, InvocableHandlerMethod> methods,
      MessageConverter converter,
      @Nullable ListenerInvoker fallback,
      boolean fallbackTakesUnreadable) {
    this.common = common;
    this.methods = methods;
    this.converter = converter;
    this.fallback = fallback;
    this.fallbackTakesUnreadable = fallbackTakesUnreadable;
  }

  @Override
  public boolean takesMessages() {
    return true;
  }

  @Override
  public @Nullable Object invoke(I2PSocket socket, byte[] message) throws Exception {
    Message<?> received = MessageInvoker.message(socket, message);
    Object payload;
    try {
      payload = converter.fromMessage(received, common);
      if (payload == null) {
        throw new MessageConversionException("There is no message converter for the message.");
      }
    } catch (MessageConversionException e) {
      if (fallback != null && fallbackTakesUnreadable) {
        return fallback.invoke(socket, message);
      }
      throw e;
    }
    for (Class<?> type = payload.getClass(); type != null; type = type.getSuperclass()) {
      InvocableHandlerMethod method = methods.get(type);
      if (method != null) {
        return method.invoke(MessageInvoker.message(socket, payload));
      }
    }
    for (Map.Entry<Class<?>, InvocableHandlerMethod> entry : methods.entrySet()) {
      if (entry.getKey().isInstance(payload)) {
        return entry.getValue().invoke(MessageInvoker.message(socket, payload));
      }
    }
    if (fallback != null) {
      return fallback.invoke(socket, message);
    }
    throw new MessageConversionException("No method takes a message of this type.");
  }
}
