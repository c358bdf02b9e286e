package io.i2pstreaming.link;

/** A router's I2CP port, over plain TCP. */
public record TcpRouterAddress(String host, int port) implements RouterAddress {
  @Override
  public RouterLink newLink() {
    return new TcpRouterLink(host, port);
  }

  @Override
  public String describe() {
    return host + ":" + port;
  }

  @Override
  public boolean anonymous() {
    return true;
  }
}
