package io.i2pstreaming.spring;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.identity.Destination;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.net.Socket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Headers;
import org.springframework.util.ClassUtils;

/**
 * Ahead of time, for a native image: what listener methods need of reflection, which is the method
 * itself and the types that message converters fill and read.
 */
final class ListenerMessageHints implements BeanRegistrationAotProcessor {
  /** What a method takes as it is. */
  private static final Set<Class<?>> PLAIN =
      Set.of(
          I2PSocket.class,
          Socket.class,
          InputStream.class,
          OutputStream.class,
          Destination.class,
          I2PAddress.class,
          String.class,
          byte[].class);

  @Override
  public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
    Class<?> type = ClassUtils.getUserClass(bean.getBeanClass());
    Set<Method> methods = listenerMethods(type);
    return methods.isEmpty()
        ? null
        : (context, code) ->
            methods.forEach(method -> register(method, context.getRuntimeHints().reflection()));
  }

  private static Set<Method> listenerMethods(Class<?> type) {
    if (!AnnotationUtils.isCandidateClass(
        type, List.of(I2PListener.class, I2PListeners.class, I2PHandler.class))) {
      return Set.of();
    }
    return MethodIntrospector.selectMethods(
        type,
        (Method method) ->
            AnnotatedElementUtils.hasAnnotation(method, I2PListener.class)
                || AnnotatedElementUtils.hasAnnotation(method, I2PListeners.class)
                || AnnotatedElementUtils.hasAnnotation(method, I2PHandler.class));
  }

  private static void register(Method method, ReflectionHints hints) {
    hints.registerMethod(method, ExecutableMode.INVOKE);
    Set<Type> messages = new LinkedHashSet<>();
    for (Parameter parameter : method.getParameters()) {
      if (!parameter.isAnnotationPresent(Header.class)
          && !parameter.isAnnotationPresent(Headers.class)) {
        messages.add(parameter.getParameterizedType());
      }
    }
    ResolvableType reply = ResolvableType.forMethodReturnType(method);
    messages.add(
        reply.resolve() == CompletableFuture.class
            ? reply.getGeneric(0).getType()
            : reply.getType());
    BindingReflectionHintsRegistrar binding = new BindingReflectionHintsRegistrar();
    for (Type message : messages) {
      Class<?> raw = ResolvableType.forType(message).resolve();
      if (raw != null && !raw.isPrimitive() && !PLAIN.contains(raw)) {
        binding.registerReflectionHints(hints, message);
      }
    }
  }
}
