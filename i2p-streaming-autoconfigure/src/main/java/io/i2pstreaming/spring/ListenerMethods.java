package io.i2pstreaming.spring;

import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Headers;
import org.springframework.messaging.handler.annotation.support.MessageHandlerMethodFactory;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.messaging.handler.invocation.InvocableHandlerMethod;
import org.springframework.util.ReflectionUtils;

/** Finds out how a listener's methods are called, and refuses those that cannot be. */
final class ListenerMethods {
  private static final String ALLOWED =
      "Let it take I2PSocket (or Socket), InputStream, OutputStream, Destination or I2PAddress (the"
          + " peer), @Header values and one message: String, byte[] or an object that a message"
          + " converter makes, such as JSON with Jackson on the class path; each at most once. It"
          + " may return void, String, byte[], such an object, or a CompletableFuture of one of"
          + " them.";

  private final MessageHandlerMethodFactory factory;
  private final List<HandlerMethodArgumentResolver> customResolvers;
  private final MessageConverter converter;
  private final boolean convertsObjects;

  /** {@code convertsObjects} says whether the converter makes more than text and bytes. */
  ListenerMethods(
      MessageHandlerMethodFactory factory,
      List<HandlerMethodArgumentResolver> customResolvers,
      MessageConverter converter,
      boolean convertsObjects) {
    this.factory = factory;
    this.customResolvers = customResolvers;
    this.converter = converter;
    this.convertsObjects = convertsObjects;
  }

  MessageConverter converter() {
    return converter;
  }

  /** Calls {@code method}. */
  ListenerInvoker invoker(Object bean, Method method, Framing framing) {
    checkReply(method);
    ReflectionUtils.makeAccessible(method);
    List<StreamArgument> arguments = new ArrayList<>();
    MethodParameter payload = null;
    boolean simple = true;
    boolean readsStream = false;
    for (int i = 0; i < method.getParameterCount(); i++) {
      MethodParameter parameter = new MethodParameter(method, i);
      StreamArgument argument = custom(parameter) ? null : StreamArgument.of(parameter);
      if (argument == null) {
        simple = false;
      } else if (arguments.contains(argument)) {
        throw refused(method, "takes the same thing twice, as " + typeName(parameter));
      } else {
        arguments.add(argument);
      }
      if (isPayload(parameter, argument)) {
        if (payload != null) {
          throw refused(method, "takes the same thing twice, as " + typeName(parameter));
        }
        checkPayload(method, parameter, argument);
        payload = parameter;
      }
      readsStream |= parameter.getParameterType() == InputStream.class;
    }
    check(method, framing, payload != null, readsStream);
    return simple
        ? new StreamInvoker(bean, method, arguments)
        : new MessageInvoker(factory.createInvocableHandlerMethod(bean, method), payload != null);
  }

  private static void check(
      Method method, Framing framing, boolean takesMessages, boolean readsStream) {
    if (method.getParameterCount() == 0 && method.getReturnType() == void.class) {
      throw refused(method, "takes nothing, so it could not do anything with a stream");
    }
    if (!takesMessages && framing != Framing.RAW) {
      throw refused(method, "has a framing, but takes no message");
    }
    if (takesMessages && readsStream) {
      throw refused(method, "takes messages and the InputStream that they are read from");
    }
  }

  private boolean custom(MethodParameter parameter) {
    return customResolvers.stream().anyMatch(resolver -> resolver.supportsParameter(parameter));
  }

  private boolean isPayload(MethodParameter parameter, @Nullable StreamArgument argument) {
    return argument == null
        ? !custom(parameter)
            && !parameter.hasParameterAnnotation(Header.class)
            && !parameter.hasParameterAnnotation(Headers.class)
            && !MessageHeaders.class.isAssignableFrom(parameter.getParameterType())
        : argument.isMessage();
  }

  private void checkPayload(
      Method method, MethodParameter parameter, @Nullable StreamArgument argument) {
    if (argument == null && !convertsObjects) {
      throw refused(method, "takes a " + parameter.getParameterType().getName());
    }
  }

  private void checkReply(Method method) {
    ResolvableType result = ResolvableType.forMethodReturnType(method);
    Class<?> type = method.getReturnType();
    if (CompletionStage.class.isAssignableFrom(type)) {
      type = result.as(CompletionStage.class).getGeneric(0).resolve(Object.class);
    } else if (isPublisher(type)) {
      throw refused(method, "returns " + type.getName() + ", which has to become a future first");
    }
    boolean simple =
        type == void.class || type == Void.class || type == String.class || type == byte[].class;
    if (!simple && !convertsObjects) {
      throw refused(method, "returns " + method.getGenericReturnType().getTypeName());
    }
  }

  /** Whether it would have to be subscribed to; converters would write its fields instead. */
  private static boolean isPublisher(Class<?> type) {
    return Flow.Publisher.class.isAssignableFrom(type)
        || ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null;
  }

  /**
   * Calls the one of {@code handlers} that takes the message; {@code fallback} if there is none.
   */
  ListenerInvoker invoker(
      Object bean, List<Method> handlers, @Nullable Method fallback, Framing framing) {
    Map<Class<?>, InvocableHandlerMethod> methods = new LinkedHashMap<>();
    for (Method handler : handlers) {
      // For its checks.
      ListenerInvoker unused = invoker(bean, handler, framing);
      Class<?> type = payloadType(handler);
      if (type == String.class || type == byte[].class || type == Object.class) {
        throw refused(handler, "is one of several, and takes any message", SEVERAL);
      }
      if (methods.put(type, factory.createInvocableHandlerMethod(bean, handler)) != null) {
        throw refused(handler, "takes the same message as another method", SEVERAL);
      }
    }
    Class<?> common = common(handlers.get(0), methods.keySet());
    boolean unreadable = false;
    ListenerInvoker fallbackInvoker = null;
    if (fallback != null) {
      fallbackInvoker = invoker(bean, fallback, framing);
      Class<?> type = payloadType(fallback);
      unreadable = type == String.class || type == byte[].class;
    }
    return new ClassInvoker(common, methods, converter, fallbackInvoker, unreadable);
  }

  private static final String SEVERAL =
      "Let each take an object of another type, and give these a common interface or class by which"
          + " the converter can tell them apart: with Jackson, one with @JsonTypeInfo. One method"
          + " may be the default instead: @I2PHandler(isDefault = true).";

  private Class<?> payloadType(Method method) {
    for (int i = 0; i < method.getParameterCount(); i++) {
      MethodParameter parameter = new MethodParameter(method, i);
      StreamArgument argument = custom(parameter) ? null : StreamArgument.of(parameter);
      if (isPayload(parameter, argument)) {
        return parameter.getParameterType();
      }
    }
    throw refused(method, "is one of several, and takes no message", SEVERAL);
  }

  /** The nearest type above all of them, other than those of Java itself. */
  private static Class<?> common(Method one, Set<Class<?>> types) {
    Set<Class<?>> above = new LinkedHashSet<>();
    for (Class<?> type : types) {
      Set<Class<?>> own = new LinkedHashSet<>();
      addTypes(type, own);
      if (above.isEmpty()) {
        above.addAll(own);
      } else {
        above.retainAll(own);
      }
    }
    List<Class<?>> nearest =
        above.stream()
            .filter(t -> above.stream().noneMatch(o -> o != t && t.isAssignableFrom(o)))
            .<Class<?>>map(t -> t)
            .toList();
    if (nearest.size() != 1) {
      throw refused(one, "is one of several whose messages have not one type in common", SEVERAL);
    }
    return nearest.get(0);
  }

  private static void addTypes(@Nullable Class<?> type, Set<Class<?>> types) {
    if (type == null || type.getName().startsWith("java.")) {
      return;
    }
    types.add(type);
    addTypes(type.getSuperclass(), types);
    for (Class<?> above : type.getInterfaces()) {
      addTypes(above, types);
    }
  }

  private static String typeName(MethodParameter parameter) {
    return parameter.getParameterType().getSimpleName();
  }

  private static I2PConfigurationException refused(Method method, String why) {
    return refused(method, why, ALLOWED);
  }

  static I2PConfigurationException refused(Method method, String why, String action) {
    return new I2PConfigurationException(
        "The @I2PListener method "
            + method.getDeclaringClass().getName()
            + "."
            + method.getName()
            + " "
            + why
            + ".",
        action);
  }
}
