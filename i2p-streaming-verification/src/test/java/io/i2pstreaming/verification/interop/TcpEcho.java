package io.i2pstreaming.verification.interop;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A plain TCP echo service on loopback: what stands behind a tunnel of i2pd. */
final class TcpEcho implements AutoCloseable {
  private final ServerSocket server;

  TcpEcho() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::acceptAll);
  }

  int port() {
    return server.getLocalPort();
  }

  private void acceptAll() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        start(() -> echo(socket));
      } catch (IOException e) {
        if (!server.isClosed()) {
          System.err.println("echo service: " + e);
        }
      }
    }
  }

  private static void echo(Socket socket) {
    try (socket) {
      InputStream input = socket.getInputStream();
      input.transferTo(socket.getOutputStream());
    } catch (IOException e) {
      System.err.println("echo service: a connection broke: " + e);
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "tcp-echo");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
