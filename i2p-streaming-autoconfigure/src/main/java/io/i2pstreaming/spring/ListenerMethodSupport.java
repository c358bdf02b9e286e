package io.i2pstreaming.spring;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.messaging.converter.ByteArrayMessageConverter;
import org.springframework.messaging.converter.CompositeMessageConverter;
import org.springframework.messaging.converter.JacksonJsonMessageConverter;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.messaging.converter.StringMessageConverter;
import org.springframework.messaging.handler.annotation.support.DefaultMessageHandlerMethodFactory;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.util.ClassUtils;
import org.springframework.validation.Validator;
import tools.jackson.databind.json.JsonMapper;

/** Joins what configurers, beans and the class path say about calling listener methods. */
final class ListenerMethodSupport {
  private ListenerMethodSupport() {}

  static ListenerMethods methods(
      ConfigurableListableBeanFactory beans, I2PListenerEndpointRegistrar registrar) {
    MessageConverter converter = registrar.messageConverter();
    boolean convertsObjects = true;
    if (converter == null) {
      List<MessageConverter> usual = new ArrayList<>();
      usual.add(new ByteArrayMessageConverter());
      usual.add(new StringMessageConverter());
      convertsObjects =
          ClassUtils.isPresent(
              "tools.jackson.databind.json.JsonMapper", beans.getBeanClassLoader());
      if (convertsObjects) {
        usual.add(Json.converter(beans));
      }
      converter = new CompositeMessageConverter(usual);
    }
    DefaultMessageHandlerMethodFactory factory = new DefaultMessageHandlerMethodFactory();
    factory.setBeanFactory(beans);
    factory.setMessageConverter(converter);
    List<HandlerMethodArgumentResolver> resolvers = new ArrayList<>(registrar.argumentResolvers());
    resolvers.add(new StreamArgument.Resolver());
    factory.setCustomArgumentResolvers(resolvers);
    Validator validator = registrar.validator();
    if (validator == null) {
      validator = beans.getBeanProvider(Validator.class).getIfUnique();
    }
    if (validator != null) {
      factory.setValidator(validator);
    }
    factory.afterPropertiesSet();
    return new ListenerMethods(
        factory, List.copyOf(registrar.argumentResolvers()), converter, convertsObjects);
  }

  /** Loaded only with Jackson on the class path. */
  private static final class Json {
    private Json() {}

    static MessageConverter converter(ConfigurableListableBeanFactory beans) {
      @Nullable JsonMapper mapper = beans.getBeanProvider(JsonMapper.class).getIfUnique();
      return new JacksonJsonMessageConverter(mapper == null ? new JsonMapper() : mapper);
    }
  }
}
