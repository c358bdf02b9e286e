package io.i2pstreaming.spring;

import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.identity.Destination;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;

/**
 * An {@link I2PListener} method of a bean. Knows what to pass to it; never touches the stream
 * afterwards.
 */
final class I2PListenerMethod implements I2PStreamHandler {
  private static final String ALLOWED =
      "Let it take I2PSocket (or Socket), InputStream, OutputStream and Destination (the peer),"
          + " in any order and each at most once, and return void.";

  /** What a parameter gets. */
  private enum Argument {
    SOCKET,
    INPUT,
    OUTPUT,
    REMOTE;

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
      throw new IllegalArgumentException("takes a " + type.getName());
    }

    Object from(I2PSocket socket) throws IOException {
      return switch (this) {
        case SOCKET -> socket;
        case INPUT -> socket.getInputStream();
        case OUTPUT -> socket.getOutputStream();
        case REMOTE -> socket.remoteDestination();
      };
    }
  }

  private final Object bean;
  private final Method method;
  private final List<Argument> arguments;

  /**
   * Checks the signature.
   *
   * @throws I2PConfigurationException if it cannot be called
   */
  I2PListenerMethod(Object bean, Method method) {
    this.bean = bean;
    this.method = method;
    this.arguments = arguments(method);
    ReflectionUtils.makeAccessible(method);
  }

  private static List<Argument> arguments(Method method) {
    if (method.getReturnType() != void.class) {
      throw refused(method, "returns " + method.getReturnType().getName());
    }
    List<Argument> arguments = new ArrayList<>();
    for (Class<?> type : method.getParameterTypes()) {
      Argument argument;
      try {
        argument = Argument.of(type);
      } catch (IllegalArgumentException e) {
        throw refused(method, e.getMessage());
      }
      if (arguments.contains(argument)) {
        throw refused(method, "takes the same thing twice, as " + type.getSimpleName());
      }
      arguments.add(argument);
    }
    if (arguments.isEmpty()) {
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
    Object[] values = new Object[arguments.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = arguments.get(i).from(socket);
    }
    try {
      method.invoke(bean, values);
    } catch (InvocationTargetException e) {
      // What the method threw, so that the container can tell a lost stream from a fault.
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }
}
