package io.i2pstreaming.spring;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.identity.Destination;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Headers;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;

/** What a parameter of a listener method gets that needs no conversion. */
enum StreamArgument {
  SOCKET,
  INPUT,
  OUTPUT,
  REMOTE,
  ADDRESS,
  TEXT,
  BYTES;

  /** By the parameter's type alone; null for others. */
  static @Nullable StreamArgument of(Class<?> type) {
    if (type == I2PSocket.class || type == Socket.class) {
      return SOCKET;
    }
    if (type == InputStream.class) {
      return INPUT;
    }
    if (type == OutputStream.class) {
      return OUTPUT;
    }
    if (type == Destination.class) {
      return REMOTE;
    }
    if (type == I2PAddress.class) {
      return ADDRESS;
    }
    if (type == String.class) {
      return TEXT;
    }
    return type == byte[].class ? BYTES : null;
  }

  /** Null if the parameter asks for something else. */
  static @Nullable StreamArgument of(MethodParameter parameter) {
    return parameter.hasParameterAnnotation(Header.class)
            || parameter.hasParameterAnnotation(Headers.class)
        ? null
        : of(parameter.getParameterType());
  }

  boolean isMessage() {
    return this == TEXT || this == BYTES;
  }

  Object from(I2PSocket socket, byte[] message) throws IOException {
    return switch (this) {
      case SOCKET -> socket;
      case INPUT -> socket.getInputStream();
      case OUTPUT -> socket.getOutputStream();
      case REMOTE -> socket.remoteDestination();
      case ADDRESS -> socket.remoteAddress();
      case TEXT -> new String(message, StandardCharsets.UTF_8);
      case BYTES -> message;
    };
  }

  /** The same for methods whose other parameters are resolved by Spring. */
  static final class Resolver implements HandlerMethodArgumentResolver {
    @Override
    public boolean supportsParameter(MethodParameter parameter) {
      return of(parameter) != null;
    }

    @Override
    public @Nullable Object resolveArgument(MethodParameter parameter, Message<?> message)
        throws IOException {
      StreamArgument argument = of(parameter);
      I2PSocket socket = message.getHeaders().get(I2PHeaders.SOCKET, I2PSocket.class);
      if (argument == null || socket == null) {
        return null;
      }
      byte[] bytes = message.getPayload() instanceof byte[] whole ? whole : new byte[0];
      return argument.from(socket, bytes);
    }
  }
}
