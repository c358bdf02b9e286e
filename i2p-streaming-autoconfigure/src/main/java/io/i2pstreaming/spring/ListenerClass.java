package io.i2pstreaming.spring;

import io.i2pstreaming.spring.MethodI2PListenerEndpoint.Target;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;

/** Finds the {@link I2PHandler} methods of a class that is an {@link I2PListener}. */
final class ListenerClass {
  private ListenerClass() {}

  static Target target(Object bean, Class<?> type) {
    Map<Method, I2PHandler> handlers =
        MethodIntrospector.selectMethods(
            type,
            (MethodIntrospector.MetadataLookup<I2PHandler>)
                method -> AnnotatedElementUtils.findMergedAnnotation(method, I2PHandler.class));
    // By signature, as reflection promises no order.
    Map<String, Method> ordered = new TreeMap<>();
    handlers.keySet().forEach(method -> ordered.put(method.toGenericString(), method));
    List<Method> methods = new ArrayList<>();
    Method fallback = null;
    for (Method method : ordered.values()) {
      Method callable = AopUtils.selectInvocableMethod(method, bean.getClass());
      if (!isDefault(handlers.get(method))) {
        methods.add(callable);
      } else if (fallback == null) {
        fallback = callable;
      } else {
        throw ListenerMethods.refused(
            callable,
            "is a second default of its class",
            "Leave one @I2PHandler(isDefault = true).");
      }
    }
    if (ordered.isEmpty()) {
      throw new I2PConfigurationException(
          "The class " + type.getName() + " is an @I2PListener without an @I2PHandler method.",
          "Put @I2PHandler on the method that serves its streams, or @I2PListener there.");
    }
    if (methods.isEmpty() && fallback != null) {
      return Target.of(bean, fallback);
    }
    return methods.size() == 1 && fallback == null
        ? Target.of(bean, methods.get(0))
        : new Target(bean, List.copyOf(methods), fallback, type.getName());
  }

  private static boolean isDefault(@Nullable I2PHandler handler) {
    return handler != null && handler.isDefault();
  }
}
