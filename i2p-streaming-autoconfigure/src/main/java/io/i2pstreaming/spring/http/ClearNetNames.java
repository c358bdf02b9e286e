package io.i2pstreaming.spring.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * DNS for everything but names of I2P: for a client of the clear net that a redirect sends to one.
 */
public final class ClearNetNames implements DnsResolver {
  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    refuse(host);
    return SystemDefaultDnsResolver.INSTANCE.resolve(host);
  }

  @Override
  public String resolveCanonicalHostname(String host) throws UnknownHostException {
    refuse(host);
    return SystemDefaultDnsResolver.INSTANCE.resolveCanonicalHostname(host);
  }

  private static void refuse(String host) throws UnknownHostException {
    if (I2PHost.isI2P(host)) {
      throw new UnknownHostException("a name of I2P, which is not looked up in the DNS");
    }
  }
}
