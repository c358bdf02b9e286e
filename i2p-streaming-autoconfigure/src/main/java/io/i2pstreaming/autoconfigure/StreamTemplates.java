package io.i2pstreaming.autoconfigure;

import io.i2pstreaming.StreamManager;
import io.i2pstreaming.spring.I2PConfigurationException;
import io.i2pstreaming.spring.I2PStreamTemplate;
import org.springframework.core.retry.RetryPolicy;

/** Makes a stream template as {@code i2p.template.*} says. */
final class StreamTemplates {
  private StreamTemplates() {}

  /** Fails with the property to correct. */
  static I2PStreamTemplate create(StreamManager manager, I2PProperties.Template template) {
    long maxBytes = template.maxResponseSize().toBytes();
    if (maxBytes < 0 || maxBytes >= Integer.MAX_VALUE) {
      throw new I2PConfigurationException(
          "The property 'i2p.template.max-response-size' is " + template.maxResponseSize() + ".",
          "Set it to less than 2 GB, and not below 0: the response is one array.");
    }
    I2PProperties.Retry retry = template.retry();
    try {
      RetryPolicy policy =
          RetryPolicy.builder()
              .predicate(I2PStreamTemplate::isTransient)
              .maxRetries(retry.maxRetries())
              .delay(retry.delay())
              .multiplier(retry.multiplier())
              .maxDelay(retry.maxDelay())
              .jitter(retry.jitter())
              .build();
      return new I2PStreamTemplate(manager, policy, (int) maxBytes);
    } catch (IllegalArgumentException e) {
      throw new I2PConfigurationException(
          "A property under 'i2p.template.retry' is not possible: " + e.getMessage() + ".",
          "Correct it: no number and no time is negative, and the multiplier is at least 1.",
          e);
    }
  }
}
