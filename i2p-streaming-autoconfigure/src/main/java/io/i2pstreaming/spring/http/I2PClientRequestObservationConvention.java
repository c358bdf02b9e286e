package io.i2pstreaming.spring.http;

import io.micrometer.common.KeyValue;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.observation.ClientRequestObservationContext;
import org.springframework.http.client.observation.DefaultClientRequestObservationConvention;

/**
 * Observes requests as Spring does, but does not say which site of I2P they went to: {@code
 * client.name} is {@code i2p} for all of them, and {@code http.url} has no host.
 */
public final class I2PClientRequestObservationConvention
    extends DefaultClientRequestObservationConvention {
  private static final String ANY_SITE = "i2p";

  /** {@code name} is that of the observation, and of the meter. */
  public I2PClientRequestObservationConvention(String name) {
    super(name);
  }

  @Override
  protected KeyValue clientName(ClientRequestObservationContext context) {
    KeyValue spring = super.clientName(context);
    return isI2P(context) ? KeyValue.of(spring.getKey(), ANY_SITE) : spring;
  }

  @Override
  protected KeyValue requestUri(ClientRequestObservationContext context) {
    KeyValue spring = super.requestUri(context);
    ClientHttpRequest request = context.getCarrier();
    return request != null && isI2P(context)
        ? KeyValue.of(
            spring.getKey(),
            request.getURI().getScheme() + "://" + ANY_SITE + request.getURI().getRawPath())
        : spring;
  }

  private static boolean isI2P(ClientRequestObservationContext context) {
    ClientHttpRequest request = context.getCarrier();
    return request != null && I2PHost.isI2P(request.getURI());
  }
}
