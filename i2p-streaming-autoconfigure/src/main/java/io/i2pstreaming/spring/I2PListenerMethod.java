package io.i2pstreaming.spring;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.identity.Destination;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;

/**
 * An {@link I2PListener} method of a bean. Knows what to pass to it, once per stream or once per
 * message, and writes what it returns; never closes the stream.
 */
final class I2PListenerMethod implements I2PStreamHandler {
  private static final String ALLOWED =
      "Let it take I2PSocket (or Socket), InputStream, OutputStream, Destination or I2PAddress (the"
          + " peer), and String or byte[] (a message), in any order and each at most once, and"
          + " return void, String, byte[] or a CompletableFuture of one of them.";

  /** What a parameter gets. */
  private enum Argument {
    SOCKET,
    INPUT,
    OUTPUT,
    REMOTE,
    ADDRESS,
    TEXT,
    BYTES;

    static Argument of(Class<?> type) {
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
      if (type == byte[].class) {
        return BYTES;
      }
      throw new IllegalArgumentException("takes a " + type.getName());
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
  }

  private final Object bean;
  private final Method method;
  private final List<Argument> arguments;
  private final boolean takesMessages;
  private final Framing framing;
  private final int messageLimitBytes;

  /**
   * Checks the signature. A message of a peer is at most {@code messageLimitBytes} long.
   *
   * @throws I2PConfigurationException if it cannot be called
   */
  I2PListenerMethod(Object bean, Method method, Framing framing, int messageLimitBytes) {
    this.bean = bean;
    this.method = method;
    this.framing = framing;
    this.messageLimitBytes = messageLimitBytes;
    this.arguments = arguments(method);
    this.takesMessages = arguments.stream().anyMatch(Argument::isMessage);
    if (!takesMessages && framing != Framing.RAW) {
      throw refused(method, "has a framing, but takes no message");
    }
    if (takesMessages && arguments.contains(Argument.INPUT)) {
      throw refused(method, "takes messages and the InputStream that they are read from");
    }
    ReflectionUtils.makeAccessible(method);
  }

  private static List<Argument> arguments(Method method) {
    if (!ListenerReply.isWritable(method)) {
      throw refused(method, "returns " + method.getGenericReturnType().getTypeName());
    }
    List<Argument> arguments = new ArrayList<>();
    for (Class<?> type : method.getParameterTypes()) {
      Argument argument;
      try {
        argument = Argument.of(type);
      } catch (IllegalArgumentException e) {
        throw refused(method, e.getMessage());
      }
      if (arguments.contains(argument)
          || (argument.isMessage() && arguments.stream().anyMatch(Argument::isMessage))) {
        throw refused(method, "takes the same thing twice, as " + type.getSimpleName());
      }
      arguments.add(argument);
    }
    if (arguments.isEmpty() && method.getReturnType() == void.class) {
      throw refused(method, "takes nothing, so it could not do anything with a stream");
    }
    return List.copyOf(arguments);
  }

  private static I2PConfigurationException refused(Method method, @Nullable String why) {
    return new I2PConfigurationException(
        "The @I2PListener method "
            + method.getDeclaringClass().getName()
            + "."
            + method.getName()
            + " "
            + why
            + ".",
        ALLOWED);
  }

  @Override
  public void handle(I2PSocket socket) throws Exception {
    if (!takesMessages) {
      reply(socket, call(socket, new byte[0]));
      return;
    }
    // Buffered for the delimiters, which are looked for byte by byte.
    InputStream in = new BufferedInputStream(socket.getInputStream());
    ServedStream stream = ServedStream.current();
    byte[] message = next(in, stream);
    while (message != null) {
      reply(socket, call(socket, message));
      message = framing == Framing.RAW ? null : next(in, stream);
    }
  }

  /** The next message; null at the end of the stream, or when the listener has been stopped. */
  private byte @Nullable [] next(InputStream in, @Nullable ServedStream stream) throws IOException {
    if (framing != Framing.RAW && stream != null) {
      in.mark(1);
      if (!stream.waitForMessage() || in.read() < 0 || !stream.beginMessage()) {
        return null;
      }
      in.reset();
    }
    return framing.read(in, messageLimitBytes);
  }

  private void reply(I2PSocket socket, @Nullable Object result) throws Exception {
    byte[] reply = ListenerReply.bytes(result);
    if (reply != null) {
      framing.write(socket.getOutputStream(), reply);
      socket.getOutputStream().flush();
    }
  }

  private @Nullable Object call(I2PSocket socket, byte[] message) throws Exception {
    Object[] values = new Object[arguments.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = arguments.get(i).from(socket, message);
    }
    try {
      return method.invoke(bean, values);
    } catch (InvocationTargetException e) {
      // What the method threw, so that the container can tell a lost stream from a fault.
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }
}
