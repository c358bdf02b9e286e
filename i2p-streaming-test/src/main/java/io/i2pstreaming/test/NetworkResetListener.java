package io.i2pstreaming.test;

import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.support.AbstractTestExecutionListener;

/** Undoes after each test method what it did to the network, because contexts are kept. */
final class NetworkResetListener extends AbstractTestExecutionListener {
  @Override
  public void afterTestMethod(TestContext test) {
    if (test.hasApplicationContext()) {
      ApplicationContext context = test.getApplicationContext();
      context.getBeanProvider(I2PTestNetwork.class).ifAvailable(I2PTestNetwork::reset);
    }
  }
}
