package io.i2pstreaming.test;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Keeps tests with {@link AutoConfigureI2PTestNetwork} away from routers and files. */
final class TestNetworkOnlyFactory implements ContextCustomizerFactory {
  @Override
  public @Nullable ContextCustomizer createContextCustomizer(
      Class<?> testClass, List<ContextConfigurationAttributes> configurations) {
    return TestContextAnnotationUtils.hasAnnotation(testClass, AutoConfigureI2PTestNetwork.class)
        ? new TestNetworkOnly()
        : null;
  }
}
