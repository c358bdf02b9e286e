package io.i2pstreaming.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;

/**
 * Makes a method serve the streams that peers open to an I2P port.
 *
 * <p>The method is called once per stream, on a thread of its own, and may take, in any order and
 * each at most once: the {@code I2PSocket} (or {@code java.net.Socket}), its {@code InputStream},
 * its {@code OutputStream}, and the peer's {@code Destination}. It returns nothing. When it returns
 * the stream is closed, which still delivers everything written; when it throws the stream is
 * reset.
 *
 * <p>All attributes may hold {@code ${placeholders}} and {@code #{expressions}}.
 */
@Documented
@Reflective
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface I2PListener {
  /** I2P port, 1 to 65535; 0 takes streams to every port without a listener of its own. */
  String port();

  /** Name in the registry and in logs; default {@code ClassName.method}. */
  String id() default "";

  /** Bean name or own name of the stream manager; default: the only, or the primary, one. */
  String manager() default "";

  /** How many streams are served at once, at least 1. The next ones wait in the backlog. */
  String concurrency() default "128";

  /** Whether it starts with the application context. */
  String autoStartup() default "true";
}
