package io.i2pstreaming.test.echo;

import io.i2pstreaming.StreamManagerBuilder;
import io.i2pstreaming.autoconfigure.StreamManagerBuilderCustomizer;
import org.springframework.stereotype.Component;

/** Shapes the managers, so the slice includes it. */
@Component
class ShortPatience implements StreamManagerBuilderCustomizer {
  static final String NAME = "shaped";

  @Override
  public void customize(StreamManagerBuilder builder) {
    builder.name(NAME);
  }
}
