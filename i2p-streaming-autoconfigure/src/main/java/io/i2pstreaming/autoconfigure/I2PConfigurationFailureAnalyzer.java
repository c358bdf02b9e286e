package io.i2pstreaming.autoconfigure;

import io.i2pstreaming.spring.I2PConfigurationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Shows what to change in the configuration instead of a stack trace. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class I2PConfigurationFailureAnalyzer
    extends AbstractFailureAnalyzer<I2PConfigurationException> {
  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, I2PConfigurationException cause) {
    return new FailureAnalysis(cause.description(), cause.action(), cause);
  }
}
