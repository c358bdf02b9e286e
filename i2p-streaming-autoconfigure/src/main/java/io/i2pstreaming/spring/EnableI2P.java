package io.i2pstreaming.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;

/**
 * Switches on {@link I2PListener} methods and starts every {@code StreamManager} bean with the
 * context. Spring Boot applications get this from the auto-configuration.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Import(I2PListenerConfiguration.class)
public @interface EnableI2P {}
