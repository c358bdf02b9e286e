package io.i2pstreaming.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;

/**
 * A method that serves streams of the {@link I2PListener} on its class.
 *
 * <p>One such method gets all of them, as if the listener stood on the method itself. Of several,
 * each takes another type of message, and their types have a common one from which the message
 * converter can tell which it is: with Jackson, an interface or class with {@code @JsonTypeInfo}.
 */
@Documented
@Reflective
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface I2PHandler {
  /**
   * Whether it gets the messages that no other method takes, at most once in a class. If its
   * message is {@code String} or {@code byte[]}, also those that cannot be converted.
   */
  boolean isDefault() default false;
}
