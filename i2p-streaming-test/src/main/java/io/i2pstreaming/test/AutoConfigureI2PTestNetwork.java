package io.i2pstreaming.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.PropertyMapping;

/**
 * Gives a test of the whole application, such as one with {@code @SpringBootTest}, a network in
 * memory instead of a router, and the bean {@link I2PTestNetwork}. {@link I2PStreamingTest} has it
 * already.
 *
 * <p>Whatever the application's configuration says: no router is dialled, none is served on a port,
 * each destination is a new one, no key file is read or written, and no trace. Only the test's own
 * properties, those of its annotations, could say otherwise. The start of the context waits until
 * all sessions are up.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
@PropertyMapping("i2p.test.network")
public @interface AutoConfigureI2PTestNetwork {
  /** Seed of the network's decisions; each test method begins with it. */
  long seed() default 0;

  /** Delay of each message, one way, such as {@code 20ms}. */
  @PropertyMapping(skip = PropertyMapping.Skip.ON_DEFAULT_VALUE)
  String latency() default "";

  /** Largest deviation from the latency, such as {@code 5ms}. */
  @PropertyMapping(skip = PropertyMapping.Skip.ON_DEFAULT_VALUE)
  String jitter() default "";

  /** Probability that a message vanishes, such as {@code 5%} or {@code 0.05}. */
  @PropertyMapping(skip = PropertyMapping.Skip.ON_DEFAULT_VALUE)
  String loss() default "";

  /** Probability that a message arrives twice. */
  @PropertyMapping(skip = PropertyMapping.Skip.ON_DEFAULT_VALUE)
  String duplicate() default "";

  /** Probability that later messages overtake a message. */
  @PropertyMapping(skip = PropertyMapping.Skip.ON_DEFAULT_VALUE)
  String reorder() default "";

  /** Bytes per second between two destinations, such as {@code 1MB}; default unlimited. */
  @PropertyMapping(skip = PropertyMapping.Skip.ON_DEFAULT_VALUE)
  String bandwidth() default "";
}
