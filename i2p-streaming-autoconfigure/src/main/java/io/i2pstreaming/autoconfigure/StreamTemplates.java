package io.i2pstreaming.autoconfigure;

import io.i2pstreaming.StreamManager;
import io.i2pstreaming.spring.I2PConfigurationException;
import io.i2pstreaming.spring.I2PStreamTemplate;
import java.util.concurrent.Executor;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/** Makes a stream template as {@code i2p.template.*} says. */
final class StreamTemplates {
  private StreamTemplates() {}

  /** Fails with the property to correct. */
  static I2PStreamTemplate create(
      StreamManager manager, I2PProperties.Template template, boolean virtualThreads) {
    long maxBytes = template.maxResponseSize().toBytes();
    if (maxBytes < 0 || maxBytes >= Integer.MAX_VALUE) {
      throw new I2PConfigurationException(
          "The property 'i2p.template.max-response-size' is " + template.maxResponseSize() + ".",
          "Set it to less than 2 GB, and not below 0: the response is one array.");
    }
    if (template.maxConcurrent() < 1) {
      throw new I2PConfigurationException(
          "The property 'i2p.template.max-concurrent' is " + template.maxConcurrent() + ".",
          "Set it to 1 or more.");
    }
    I2PStreamTemplate made = dialling(manager, template.retry(), (int) maxBytes);
    try {
      made.setResponseTimeout(template.responseTimeout());
    } catch (IllegalArgumentException e) {
      throw new I2PConfigurationException(
          "The property 'i2p.template.response-timeout' is not possible.",
          "Correct it: " + e.getMessage() + ".",
          e);
    }
    made.setMaxConcurrent(template.maxConcurrent());
    made.setTaskExecutor(executor(virtualThreads));
    return made;
  }

  private static I2PStreamTemplate dialling(
      StreamManager manager, I2PProperties.Retry retry, int maxBytes) {
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
      return new I2PStreamTemplate(manager, policy, maxBytes);
    } catch (IllegalArgumentException e) {
      throw new I2PConfigurationException(
          "A property under 'i2p.template.retry' is not possible: " + e.getMessage() + ".",
          "Correct it: no number and no time is negative, and the multiplier is at least 1.",
          e);
    }
  }

  private static Executor executor(boolean virtualThreads) {
    SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("i2p-template-");
    if (virtualThreads) {
      executor.setVirtualThreads(true);
    } else {
      executor.setDaemon(true);
    }
    return executor;
  }
}
