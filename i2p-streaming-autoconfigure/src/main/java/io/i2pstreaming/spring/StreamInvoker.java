package io.i2pstreaming.spring;

import io.i2pstreaming.I2PSocket;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls a method whose arguments need no conversion: the short way. */
final class StreamInvoker implements ListenerInvoker {
  private final Object bean;
  private final Method method;
  private final List<StreamArgument> arguments;
  private final boolean takesMessages;

  StreamInvoker(Object bean, Method method, List<StreamArgument> arguments) {
    this.bean = bean;
    this.method = method;
    this.arguments = List.copyOf(arguments);
    this.takesMessages = arguments.stream().anyMatch(StreamArgument::isMessage);
  }

  @Override
  public boolean takesMessages() {
    return takesMessages;
  }

  @Override
  public @Nullable Object invoke(I2PSocket socket, byte[] message) throws Exception {
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
