package io.i2pstreaming.spring;

import io.i2pstreaming.spring.MethodI2PListenerEndpoint.Target;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;

/**
 * Finds {@link I2PListener} methods on beans, also behind proxies, and {@link I2PListenerContainer}
 * beans, and registers a container for each once all singletons exist. Faults in their declaration
 * end the start of the context.
 */
final class I2PListenerAnnotationBeanPostProcessor
    implements BeanPostProcessor, BeanFactoryAware, SmartInitializingSingleton, Ordered {
  private final Set<Class<?>> withoutListeners = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();

  /** Registrations that wait for the singletons; null afterwards. Guarded by the lock. */
  private @Nullable List<Runnable> waiting = new ArrayList<>();

  private @Nullable ConfigurableListableBeanFactory beans;
  private @Nullable I2PListenerContainerFactory ownFactory;

  /** Set when all singletons exist, before anything is registered. */
  private volatile @Nullable ListenerMethods methods;

  @Override
  public void setBeanFactory(BeanFactory beanFactory) {
    this.beans = (ConfigurableListableBeanFactory) beanFactory;
  }

  @Override
  public int getOrder() {
    // After the creators of proxies, so that handlers are called through them.
    return LOWEST_PRECEDENCE;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String beanName) {
    if (bean instanceof I2PListenerContainer container) {
      whenSingletonsExist(() -> registry().register(container));
      return bean;
    }
    Class<?> type = AopProxyUtils.ultimateTargetClass(bean);
    if (withoutListeners.contains(type)
        || !AnnotationUtils.isCandidateClass(
            type, List.of(I2PListener.class, I2PListeners.class))) {
      return bean;
    }
    Supplier<Object> callable = () -> last(bean, type, beanName);
    boolean found = addClass(callable, type);
    if (!addMethods(callable, type) && !found) {
      withoutListeners.add(type);
    }
    return bean;
  }

  /** The bean as others get it: processors behind this one may have put a proxy around it. */
  private Object last(Object bean, Class<?> type, String beanName) {
    if (!beans().containsSingleton(beanName)) {
      return bean;
    }
    Object last = beans().getBean(beanName);
    return AopProxyUtils.ultimateTargetClass(last) == type ? last : bean;
  }

  private boolean addMethods(Supplier<Object> bean, Class<?> type) {
    Map<Method, Set<I2PListener>> methods =
        MethodIntrospector.selectMethods(
            type,
            (MethodIntrospector.MetadataLookup<Set<I2PListener>>)
                method -> {
                  Set<I2PListener> listeners = listeners(method);
                  return listeners.isEmpty() ? null : listeners;
                });
    // By signature: reflection promises no order, and the names of overloads depend on it.
    Map<String, Method> ordered = new TreeMap<>();
    methods.keySet().forEach(method -> ordered.put(method.toGenericString(), method));
    for (Method method : ordered.values()) {
      String name = type.getSimpleName() + "." + method.getName();
      for (I2PListener listener : methods.getOrDefault(method, Set.of())) {
        whenSingletonsExist(() -> register(listener, name, target(bean.get(), method)));
      }
    }
    return !methods.isEmpty();
  }

  private static Target target(Object bean, Method method) {
    return Target.of(bean, AopUtils.selectInvocableMethod(method, bean.getClass()));
  }

  private boolean addClass(Supplier<Object> bean, Class<?> type) {
    Set<I2PListener> listeners = listeners(type);
    if (listeners.isEmpty()) {
      return false;
    }
    for (I2PListener listener : listeners) {
      whenSingletonsExist(
          () -> register(listener, type.getSimpleName(), ListenerClass.target(bean.get(), type)));
    }
    return true;
  }

  private static Set<I2PListener> listeners(AnnotatedElement element) {
    return AnnotatedElementUtils.findMergedRepeatableAnnotations(element, I2PListener.class);
  }

  private void whenSingletonsExist(Runnable registration) {
    lock.lock();
    try {
      if (waiting != null) {
        waiting.add(registration);
        return;
      }
    } finally {
      lock.unlock();
    }
    registration.run();
  }

  @Override
  public void afterSingletonsInstantiated() {
    I2PListenerEndpointRegistrar registrar = new I2PListenerEndpointRegistrar();
    beans()
        .getBeanProvider(I2PListenerConfigurer.class)
        .orderedStream()
        .forEach(configurer -> configurer.configureI2PListeners(registrar));
    methods = ListenerMethodSupport.methods(beans(), registrar);
    List<Runnable> all;
    lock.lock();
    try {
      all = waiting == null ? List.of() : waiting;
      waiting = null;
    } finally {
      lock.unlock();
    }
    all.forEach(Runnable::run);
    for (I2PListenerEndpointRegistrar.Registration added : registrar.registrations()) {
      I2PListenerContainerFactory factory = added.factory();
      registry()
          .register(
              (factory == null ? factory("", "") : factory).createContainer(added.endpoint()));
    }
    withoutListeners.clear();
  }

  private void register(I2PListener listener, String name, Target target) {
    String written = ListenerAttributes.text(beans(), listener.id());
    String id = written.isEmpty() ? freeId(name) : written;
    ListenerAttributes attributes = new ListenerAttributes(beans(), id);
    MethodI2PListenerEndpoint endpoint =
        new MethodI2PListenerEndpoint(
            attributes, listener, id, target, Objects.requireNonNull(methods));
    registry()
        .register(
            factory(id, attributes.text(listener.containerFactory())).createContainer(endpoint));
  }

  private String freeId(String name) {
    String id = name;
    for (int i = 2; registry().container(id) != null; i++) {
      id = name + "-" + i;
    }
    return id;
  }

  private I2PListenerContainerFactory factory(String id, String reference) {
    ConfigurableListableBeanFactory factory = beans();
    String name =
        reference.isEmpty() ? I2PListenerConfiguration.CONTAINER_FACTORY_BEAN_NAME : reference;
    if (factory.containsBean(name)) {
      return factory.getBean(name, I2PListenerContainerFactory.class);
    }
    if (!reference.isEmpty()) {
      throw new I2PConfigurationException(
          "The @I2PListener '" + id + "' has containerFactory \"" + reference + "\".",
          "Use the bean name of an I2PListenerContainerFactory.");
    }
    if (ownFactory == null) {
      ownFactory = new I2PListenerContainerFactory();
      ownFactory.setBeanFactory(factory);
    }
    return ownFactory;
  }

  private I2PListenerEndpointRegistry registry() {
    return beans()
        .getBean(
            I2PListenerConfiguration.ENDPOINT_REGISTRY_BEAN_NAME,
            I2PListenerEndpointRegistry.class);
  }

  private ConfigurableListableBeanFactory beans() {
    if (beans == null) {
      throw new IllegalStateException("used outside of a bean factory");
    }
    return beans;
  }
}
