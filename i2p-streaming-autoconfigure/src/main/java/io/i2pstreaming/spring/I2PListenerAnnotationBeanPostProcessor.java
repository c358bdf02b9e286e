package io.i2pstreaming.spring;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanExpressionContext;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.unit.DataSize;

/**
 * Finds {@link I2PListener} methods on beans, also behind proxies, and registers a container for
 * each once all singletons exist. Faults in their declaration end the start of the context.
 */
final class I2PListenerAnnotationBeanPostProcessor
    implements BeanPostProcessor, BeanFactoryAware, SmartInitializingSingleton, Ordered {
  /** A method found before its manager may be created. */
  private record Found(I2PListener listener, String defaultId, Object bean, Method method) {}

  private static final long LARGEST_MESSAGE_BYTES = DataSize.ofGigabytes(1).toBytes();

  private final Set<Class<?>> withoutListeners = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();

  /** Methods that wait for the singletons; null afterwards. Guarded by the lock. */
  private @Nullable List<Found> waiting = new ArrayList<>();

  private @Nullable ConfigurableListableBeanFactory beans;

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
    Class<?> type = AopProxyUtils.ultimateTargetClass(bean);
    if (withoutListeners.contains(type)
        || !AnnotationUtils.isCandidateClass(type, I2PListener.class)) {
      return bean;
    }
    Map<Method, I2PListener> methods =
        MethodIntrospector.selectMethods(
            type,
            (MethodIntrospector.MetadataLookup<I2PListener>)
                method -> AnnotatedElementUtils.findMergedAnnotation(method, I2PListener.class));
    if (methods.isEmpty()) {
      withoutListeners.add(type);
      return bean;
    }
    methods.forEach(
        (method, listener) -> {
          Method callable = AopUtils.selectInvocableMethod(method, bean.getClass());
          String defaultId = type.getSimpleName() + "." + method.getName();
          found(new Found(listener, defaultId, bean, callable));
        });
    return bean;
  }

  private void found(Found found) {
    lock.lock();
    try {
      if (waiting != null) {
        waiting.add(found);
        return;
      }
    } finally {
      lock.unlock();
    }
    register(found);
  }

  @Override
  public void afterSingletonsInstantiated() {
    List<Found> all;
    lock.lock();
    try {
      all = waiting == null ? List.of() : waiting;
      waiting = null;
    } finally {
      lock.unlock();
    }
    all.forEach(this::register);
    withoutListeners.clear();
  }

  private void register(Found found) {
    ConfigurableListableBeanFactory factory = beans();
    I2PListener listener = found.listener();
    String id = text(listener.id());
    String name = id.isEmpty() ? found.defaultId() : id;
    I2PListenerEndpointRegistry registry =
        factory.getBean(
            I2PListenerConfiguration.ENDPOINT_REGISTRY_BEAN_NAME,
            I2PListenerEndpointRegistry.class);
    registry.register(
        new I2PListenerContainer(
            name,
            factory.getBean(StreamManagers.class).get(text(listener.manager())),
            number(name, "port", listener.port(), 0, 65535),
            number(name, "concurrency", listener.concurrency(), 1, Integer.MAX_VALUE),
            flag(name, listener.autoStartup()),
            new I2PListenerMethod(
                found.bean(),
                found.method(),
                framing(name, listener.framing()),
                messageLimitBytes(name, listener.maxMessageSize())),
            registry.executor()));
  }

  private int number(String id, String attribute, String written, int least, int most) {
    String text = text(written);
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Answered below, like a number out of range.
    }
    throw new I2PConfigurationException(
        "The @I2PListener '" + id + "' has " + attribute + " \"" + text + "\".",
        "Write a whole number from " + least + " to " + most + ".");
  }

  private boolean flag(String id, String written) {
    String text = text(written);
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      return Boolean.parseBoolean(text);
    }
    throw new I2PConfigurationException(
        "The @I2PListener '" + id + "' has autoStartup \"" + text + "\".", "Write true or false.");
  }

  private Framing framing(String id, String written) {
    String text = text(written);
    for (Framing framing : Framing.values()) {
      if (framing.name().equalsIgnoreCase(text)) {
        return framing;
      }
    }
    throw new I2PConfigurationException(
        "The @I2PListener '" + id + "' has framing \"" + text + "\".",
        "Write raw, line or length.");
  }

  private int messageLimitBytes(String id, String written) {
    String text = text(written);
    try {
      long bytes = DataSize.parse(text).toBytes();
      if (bytes >= 1 && bytes <= LARGEST_MESSAGE_BYTES) {
        return (int) bytes;
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      // Answered below, like a size out of range.
    }
    throw new I2PConfigurationException(
        "The @I2PListener '" + id + "' has maxMessageSize \"" + text + "\".",
        "Write a size from 1B to 1GB, such as 64KB.");
  }

  /** The attribute with its placeholders and expressions resolved. */
  private String text(String written) {
    ConfigurableListableBeanFactory factory = beans();
    String resolved = factory.resolveEmbeddedValue(written);
    if (resolved == null || factory.getBeanExpressionResolver() == null) {
      return resolved == null ? "" : resolved.trim();
    }
    Object value =
        factory
            .getBeanExpressionResolver()
            .evaluate(resolved, new BeanExpressionContext(factory, null));
    return value == null ? "" : value.toString().trim();
  }

  private ConfigurableListableBeanFactory beans() {
    if (beans == null) {
      throw new IllegalStateException("used outside of a bean factory");
    }
    return beans;
  }
}
