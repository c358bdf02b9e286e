package io.i2pstreaming.spring;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.validation.Validator;

/** What {@link I2PListenerConfigurer} beans say. Not thread-safe. */
public final class I2PListenerEndpointRegistrar {
  /** An endpoint and the factory of its container, null for the usual one. */
  record Registration(
      I2PListenerEndpoint endpoint, @Nullable I2PListenerContainerFactory factory) {}

  private final List<Registration> registrations = new ArrayList<>();

  private final List<HandlerMethodArgumentResolver> argumentResolvers = new ArrayList<>();
  private @Nullable MessageConverter messageConverter;
  private @Nullable Validator validator;

  I2PListenerEndpointRegistrar() {}

  /** Resolves parameters of listener methods that it supports, also those that we would. */
  public void addArgumentResolver(HandlerMethodArgumentResolver resolver) {
    argumentResolvers.add(resolver);
  }

  /**
   * Makes objects of messages, and bytes or texts of replies, in place of text, bytes and JSON.
   * Text and bytes as such are never converted.
   */
  public void setMessageConverter(MessageConverter messageConverter) {
    this.messageConverter = messageConverter;
  }

  /** Validates arguments with {@code @Valid} or {@code @Validated}, in place of the context's. */
  public void setValidator(Validator validator) {
    this.validator = validator;
  }

  List<HandlerMethodArgumentResolver> argumentResolvers() {
    return argumentResolvers;
  }

  @Nullable MessageConverter messageConverter() {
    return messageConverter;
  }

  @Nullable Validator validator() {
    return validator;
  }

  /** Adds an endpoint, with a container of the usual factory. */
  public void registerEndpoint(I2PListenerEndpoint endpoint) {
    registrations.add(new Registration(endpoint, null));
  }

  /** Adds an endpoint, with a container of {@code factory}. */
  public void registerEndpoint(I2PListenerEndpoint endpoint, I2PListenerContainerFactory factory) {
    registrations.add(new Registration(endpoint, factory));
  }

  List<Registration> registrations() {
    return registrations;
  }
}
