package io.i2pstreaming.verification.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What is behind a router's tunnels: plain TCP on loopback. Its ports are TCP ports; a destination
 * is of no use to it, because the port of a client tunnel decides who is dialled.
 */
final class TcpPeer extends LocalPeer {
  private final List<ServerSocket> listeners = new CopyOnWriteArrayList<>();

  @Override
  PeerStream open(String destination, int port, Duration timeout) throws IOException {
    return new SocketStream(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  @Override
  public void serve(int port, Service service) {
    try {
      ServerSocket listener = new ServerSocket(port, 8, InetAddress.getLoopbackAddress());
      listeners.add(listener);
      execute(() -> acceptAll(listener, port, service));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void acceptAll(ServerSocket listener, int port, Service service) {
    while (!listener.isClosed()) {
      try {
        accepted(new SocketStream(listener.accept()), port, service);
      } catch (IOException e) {
        if (!listener.isClosed()) {
          System.err.println("accept on TCP port " + port + ": " + e);
        }
      }
    }
  }

  @Override
  public String destination() {
    throw new UnsupportedOperationException("a tunnel's end has none");
  }

  @Override
  public long ping(String destination, int port, Duration timeout) {
    throw new UnsupportedOperationException("TCP has no ping");
  }

  @Override
  public void close() {
    for (ServerSocket listener : listeners) {
      try {
        listener.close();
      } catch (IOException e) {
        System.err.println("closing a listener: " + e);
      }
    }
    super.close();
  }
}
