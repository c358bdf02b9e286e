package io.i2pstreaming.sample;

import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamManagerBuilder;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/**
 * Serves echo, discard, chargen and a page over I2P, and dials such services through a second,
 * transient destination, so that it can also dial itself.
 */
@SpringBootApplication
public class SampleApplication {
  public static void main(String[] args) {
    SpringApplication.run(SampleApplication.class, args);
  }

  /** Dials; not a default candidate, so that whoever wants "the" manager gets the serving one. */
  @Bean(defaultCandidate = false)
  @Dialer
  StreamManager dialer(StreamManagerBuilder builder) {
    return builder.name("dialer").build();
  }
}
