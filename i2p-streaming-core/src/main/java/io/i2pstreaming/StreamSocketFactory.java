package io.i2pstreaming;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import javax.net.SocketFactory;

/**
 * Makes sockets of one manager for existing clients. Host names go to the router as they are; an IP
 * address has no I2P name and is refused.
 */
final class StreamSocketFactory extends SocketFactory {
  private final StreamManager manager;

  StreamSocketFactory(StreamManager manager) {
    this.manager = manager;
  }

  @Override
  public Socket createSocket() {
    return manager.newSocket();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    Socket socket = createSocket();
    socket.connect(InetSocketAddress.createUnresolved(host, port));
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    Socket socket = createSocket();
    socket.bind(InetSocketAddress.createUnresolved("local.i2p", localPort));
    socket.connect(InetSocketAddress.createUnresolved(host, port));
    return socket;
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    throw new UnknownHostException("I2P has no IP addresses; give the host name instead");
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return createSocket(host, port);
  }
}
