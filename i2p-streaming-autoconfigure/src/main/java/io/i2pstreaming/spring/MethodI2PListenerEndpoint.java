package io.i2pstreaming.spring;

import io.i2pstreaming.endpoint.AccessList;
import io.i2pstreaming.endpoint.ConnectionLimits;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** A method of a bean, or several of its class, as an {@link I2PListener} describes them. */
public final class MethodI2PListenerEndpoint implements I2PListenerEndpoint {
  /** What is called for streams or messages: methods of one bean. */
  record Target(Object bean, List<Method> methods, @Nullable Method fallback, String description) {
    static Target of(Object bean, Method method) {
      String parameters =
          Arrays.stream(method.getParameterTypes())
              .map(Class::getSimpleName)
              .collect(Collectors.joining(", ", "(", ")"));
      return new Target(
          bean,
          List.of(method),
          null,
          method.getDeclaringClass().getName() + "." + method.getName() + parameters);
    }
  }

  private final String id;
  private final int port;
  private final String manager;
  private final Target target;
  private final ListenerMethods methods;
  private final Framing framing;
  private final @Nullable Integer concurrency;
  private final @Nullable Boolean autoStartup;
  private final @Nullable DataSize maxMessageSize;
  private final @Nullable Duration idleTimeout;
  private final @Nullable Duration messageTimeout;
  private final @Nullable Duration replyTimeout;
  private final @Nullable Executor executor;
  private final @Nullable I2PListenerErrorHandler errorHandler;
  private final @Nullable AccessList accessList;
  private final @Nullable ConnectionLimits limits;

  MethodI2PListenerEndpoint(
      ListenerAttributes attributes,
      I2PListener listener,
      String id,
      Target target,
      ListenerMethods methods) {
    this.id = id;
    this.target = target;
    this.methods = methods;
    this.manager = attributes.text(listener.manager());
    this.port = attributes.port(listener.port());
    this.concurrency =
        attributes.number("concurrency", listener.concurrency(), 1, Integer.MAX_VALUE);
    this.autoStartup = attributes.flag("autoStartup", listener.autoStartup());
    this.framing = attributes.framing(listener.framing());
    this.maxMessageSize = attributes.messageLimit(listener.maxMessageSize());
    this.idleTimeout = attributes.duration("idleTimeout", listener.idleTimeout());
    this.messageTimeout = attributes.duration("messageTimeout", listener.messageTimeout());
    this.replyTimeout = attributes.duration("replyTimeout", listener.replyTimeout());
    this.executor = attributes.bean("executor", listener.executor(), Executor.class);
    this.errorHandler =
        attributes.bean("errorHandler", listener.errorHandler(), I2PListenerErrorHandler.class);
    this.accessList = attributes.accessList(listener.accessList());
    this.limits = attributes.limits(listener.limits());
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

  /** The methods that serve streams, or their messages. */
  public List<Method> methods() {
    return target.methods();
  }

  @Override
  public void configure(I2PListenerContainerBuilder builder) {
    builder.description(target.description());
    I2PMessageSettings usual = builder.messages();
    I2PMessageSettings settings =
        new I2PMessageSettings(
            Objects.requireNonNullElse(maxMessageSize, usual.maxMessageSize()),
            Objects.requireNonNullElse(idleTimeout, usual.idleTimeout()),
            Objects.requireNonNullElse(messageTimeout, usual.messageTimeout()),
            Objects.requireNonNullElse(replyTimeout, usual.replyTimeout()));
    builder.messages(settings);
    builder.handler(
        new MethodStreamHandler(
            invoker(), framing, settings, new ListenerReply(methods.converter())));
    if (errorHandler != null) {
      builder.errorHandler(errorHandler.orElse(builder.errorHandler()));
    }
    if (executor != null) {
      builder.executor(executor);
    }
    if (accessList != null) {
      builder.accessList(accessList);
    }
    if (limits != null) {
      builder.limits(limits);
    }
    if (concurrency != null) {
      builder.concurrency(concurrency);
    }
    if (autoStartup != null) {
      builder.autoStartup(autoStartup);
    }
  }

  private ListenerInvoker invoker() {
    return target.methods().size() == 1 && target.fallback() == null
        ? methods.invoker(target.bean(), target.methods().get(0), framing)
        : methods.invoker(target.bean(), target.methods(), target.fallback(), framing);
  }
}
