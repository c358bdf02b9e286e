package io.i2pstreaming.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Tests the I2P side of an application alone: stream managers and the components with {@code
 * I2PListener} methods, on a network in memory as {@link AutoConfigureI2PTestNetwork} says. Other
 * components, and configuration classes, are left out unless {@link #includeFilters} or
 * {@code @Import} adds them; what the class with {@code @SpringBootApplication} declares is there.
 *
 * <p>All sessions are up when the first test method begins. The bean {@link I2PTestNetwork} changes
 * the network and makes peers; it is reset after each test method.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@BootstrapWith(I2PStreamingTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(I2PStreamingTypeExcludeFilter.class)
@AutoConfigureI2PTestNetwork
@ImportAutoConfiguration
public @interface I2PStreamingTest {
  /** Properties, as {@code name=value}. */
  String[] properties() default {};

  /** Seed of the network's decisions; each test method begins with it. */
  @AliasFor(annotation = AutoConfigureI2PTestNetwork.class)
  long seed() default 0;

  /** Delay of each message, one way, such as {@code 20ms}. */
  @AliasFor(annotation = AutoConfigureI2PTestNetwork.class)
  String latency() default "";

  /** Largest deviation from the latency, such as {@code 5ms}. */
  @AliasFor(annotation = AutoConfigureI2PTestNetwork.class)
  String jitter() default "";

  /** Probability that a message vanishes, such as {@code 5%} or {@code 0.05}. */
  @AliasFor(annotation = AutoConfigureI2PTestNetwork.class)
  String loss() default "";

  /** Probability that a message arrives twice. */
  @AliasFor(annotation = AutoConfigureI2PTestNetwork.class)
  String duplicate() default "";

  /** Probability that later messages overtake a message. */
  @AliasFor(annotation = AutoConfigureI2PTestNetwork.class)
  String reorder() default "";

  /** Bytes per second between two destinations, such as {@code 1MB}; default unlimited. */
  @AliasFor(annotation = AutoConfigureI2PTestNetwork.class)
  String bandwidth() default "";

  /** Whether components with listener methods are included. */
  boolean useDefaultFilters() default true;

  /** Further components. */
  Filter[] includeFilters() default {};

  /** Components that are not wanted. */
  Filter[] excludeFilters() default {};

  /** Auto-configurations that are not wanted. */
  @AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
  Class<?>[] excludeAutoConfiguration() default {};
}
