package io.i2pstreaming.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;

/**
 * Makes a method serve the streams that peers open to an I2P port.
 *
 * <p>The method may take, in any order and each at most once: the {@code I2PSocket} (or {@code
 * java.net.Socket}), its {@code InputStream}, its {@code OutputStream}, the peer's {@code
 * Destination} or {@code I2PAddress}, {@code @Header} values ({@link I2PHeaders}), and a message as
 * {@code String} (UTF-8), {@code byte[]}, or an object that Spring's message converters make of it,
 * by default from JSON; {@code @Valid} validates the object. It is called on a thread of the
 * stream's own: once per stream, or once per message if it takes messages, see {@link #framing()}.
 * What it returns ({@code String}, {@code byte[]}, an object to convert, or a {@code
 * CompletableFuture} of one of them, which is waited for) is written back in the same framing; null
 * and {@code void} write nothing. After the last call the stream is closed, which still delivers
 * everything written, unless the peer goes on sending: what comes for a closed stream resets it.
 * When the method or its future fails the stream is reset, unless an {@link
 * I2PListenerErrorHandler} decides otherwise.
 *
 * <p>On a class, it is for the {@link I2PHandler} methods of the class. It may stand several times
 * on a method or class, which then serves several ports, or managers.
 *
 * <p>All attributes may hold {@code ${placeholders}} and {@code #{expressions}}.
 */
@Documented
@Reflective
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Repeatable(I2PListeners.class)
public @interface I2PListener {
  /** I2P port, 1 to 65535; 0 takes streams to every port without a listener of its own. */
  String port();

  /**
   * Name in the registry and in logs. Default is {@code ClassName.method}, with {@code -2}, {@code
   * -3} and so on for further ones with the same name.
   */
  String id() default "";

  /** Bean name or own name of the stream manager; default: the only, or the primary, one. */
  String manager() default "";

  /**
   * Bean name of the {@link I2PListenerContainerFactory}; default {@code
   * i2pListenerContainerFactory}.
   */
  String containerFactory() default "";

  /**
   * How many streams are served at once, at least 1. The next ones wait in the backlog. Default is
   * the factory's, which is 128.
   */
  String concurrency() default "";

  /** Whether it starts with the application context; default is the factory's, which is true. */
  String autoStartup() default "";

  /**
   * Where a message ends: {@code raw}, with the stream; {@code line}, with LF or CR LF; {@code
   * length}, as told by four bytes before it, most significant first.
   */
  String framing() default "raw";

  /**
   * The longest message, from 1B to 1GB; a bare number counts bytes. A longer one resets its
   * stream. Up to this much memory is used for each stream being served. Default is the factory's,
   * which is 64KB.
   */
  String maxMessageSize() default "";

  /**
   * How long a peer may wait before it begins a message; then its stream is closed. Default is the
   * factory's, which is 5m; {@code 0s} is without limit.
   */
  String idleTimeout() default "";

  /**
   * How long a message may take from its first byte to its last, and how long the peer may keep a
   * reply waiting. Default is the factory's, which is 1m; {@code 0s} is without limit.
   */
  String messageTimeout() default "";

  /**
   * How long a {@code CompletableFuture} that was returned may take; then it is cancelled. Default
   * is the factory's, which is 1m; {@code 0s} is without limit.
   */
  String replyTimeout() default "";

  /** Bean name of the {@code Executor} that calls the method; default is the factory's. */
  String executor() default "";

  /** Bean name of the {@link I2PListenerErrorHandler}; default is the factory's. */
  String errorHandler() default "";

  /**
   * Who may open streams, beside what the manager's list says: {@code allow} or {@code deny} and
   * entries separated by commas or spaces, which are base32 names, hashes or destinations. Whom it
   * refuses hears nothing. Default is everybody.
   */
  String accessList() default "";

  /**
   * How many streams peers may open, beside the manager's limits: I2P's options as {@code
   * maxConcurrentStreams=10}, {@code maxConnsPerMinute=60}, {@code limitAction=drop} and so on.
   * Unlike {@link #concurrency} they refuse, and let nobody wait. Default is without limit.
   */
  String[] limits() default {};
}
