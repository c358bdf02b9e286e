package io.i2pstreaming.spring;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** A method of a bean as an endpoint, as an {@link I2PListener} describes it. */
public final class MethodI2PListenerEndpoint implements I2PListenerEndpoint {
  private final String id;
  private final int port;
  private final String manager;
  private final Object bean;
  private final Method method;
  private final Framing framing;
  private final DataSize messageLimit;
  private final @Nullable Integer concurrency;
  private final @Nullable Boolean autoStartup;

  MethodI2PListenerEndpoint(
      ListenerAttributes attributes, I2PListener listener, String id, Object bean, Method method) {
    this.id = id;
    this.bean = bean;
    this.method = method;
    this.manager = attributes.text(listener.manager());
    this.port = Objects.requireNonNullElse(attributes.number("port", listener.port(), 0, 65535), 0);
    this.concurrency =
        attributes.number("concurrency", listener.concurrency(), 1, Integer.MAX_VALUE);
    this.autoStartup = attributes.flag("autoStartup", listener.autoStartup());
    this.framing = attributes.framing(listener.framing());
    this.messageLimit =
        Objects.requireNonNullElse(
            attributes.messageLimit(listener.maxMessageSize()), DataSize.ofKilobytes(64));
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public String manager() {
    return manager;
  }

  /** The method that serves streams, or their messages. */
  public Method method() {
    return method;
  }

  @Override
  public void configure(I2PListenerContainerBuilder builder) {
    builder.description(describe(method));
    builder.handler(new I2PListenerMethod(bean, method, framing, (int) messageLimit.toBytes()));
    if (concurrency != null) {
      builder.concurrency(concurrency);
    }
    if (autoStartup != null) {
      builder.autoStartup(autoStartup);
    }
  }

  private static String describe(Method method) {
    return method.getDeclaringClass().getName()
        + "."
        + method.getName()
        + Arrays.stream(method.getParameterTypes())
            .map(Class::getSimpleName)
            .collect(Collectors.joining(", ", "(", ")"));
  }
}
