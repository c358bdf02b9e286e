package io.i2pstreaming.sample;

import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamManagerBuilder;
import io.i2pstreaming.spring.I2PStreamTemplate;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.retry.RetryPolicy;

/**
 * Serves echo, discard, chargen, summaries and a page over I2P, and dials such services through a
 * second, transient destination, so that it can also dial itself.
 */
@SpringBootApplication
public class SampleApplication {
  private static final int MAX_REPLY_BYTES = 1 << 20;

  public static void main(String[] args) {
    SpringApplication.run(SampleApplication.class, args);
  }

  /** Dials; not a default candidate, so that whoever wants "the" manager gets the serving one. */
  @Bean(defaultCandidate = false)
  @Dialer
  StreamManager dialer(StreamManagerBuilder builder) {
    return builder.name("dialer").build();
  }

  /** Asks by the dialler; without this bean there would be one that asks by the serving manager. */
  @Bean
  I2PStreamTemplate template(@Dialer StreamManager dialer) {
    RetryPolicy once =
        RetryPolicy.builder().predicate(I2PStreamTemplate::isTransient).maxRetries(1).build();
    return new I2PStreamTemplate(dialer, once, MAX_REPLY_BYTES);
  }
}
