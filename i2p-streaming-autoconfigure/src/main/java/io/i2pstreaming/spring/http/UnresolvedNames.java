package io.i2pstreaming.spring.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;

/** Resolves nothing: every name goes to the router as it is, but for a final dot. */
final class UnresolvedNames implements DnsResolver {
  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    throw new UnknownHostException("names of I2P have no IP address");
  }

  @Override
  public List<InetSocketAddress> resolve(String host, int port) {
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    return List.of(InetSocketAddress.createUnresolved(name, port));
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
