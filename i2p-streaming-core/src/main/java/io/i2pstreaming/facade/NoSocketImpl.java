package io.i2pstreaming.facade;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.SocketImpl;
import java.net.SocketOption;
import java.util.Set;

/**
 * The implementation that sockets of I2P streams hand to their super class and never use: without
 * one, every inherited method that was forgotten would quietly open an operating-system socket.
 */
public final class NoSocketImpl extends SocketImpl {
  /** It holds nothing, so all sockets share it. */
  public static final NoSocketImpl INSTANCE = new NoSocketImpl();

  private NoSocketImpl() {}

  private static UnsupportedOperationException unused() {
    return new UnsupportedOperationException("a socket of an I2P stream has no system socket");
  }

  @Override
  protected void create(boolean stream) {
    throw unused();
  }

  @Override
  protected void connect(String host, int port) {
    throw unused();
  }

  @Override
  protected void connect(InetAddress address, int port) {
    throw unused();
  }

  @Override
  protected void connect(SocketAddress address, int timeout) {
    throw unused();
  }

  @Override
  protected void bind(InetAddress host, int port) {
    throw unused();
  }

  @Override
  protected void listen(int backlog) {
    throw unused();
  }

  @Override
  protected void accept(SocketImpl socket) {
    throw unused();
  }

  @Override
  protected InputStream getInputStream() {
    throw unused();
  }

  @Override
  protected OutputStream getOutputStream() {
    throw unused();
  }

  @Override
  protected int available() {
    throw unused();
  }

  @Override
  protected void close() {
    throw unused();
  }

  @Override
  protected void shutdownInput() {
    throw unused();
  }

  @Override
  protected void shutdownOutput() {
    throw unused();
  }

  @Override
  protected void sendUrgentData(int data) {
    throw unused();
  }

  @Override
  public void setOption(int option, Object value) {
    throw unused();
  }

  @Override
  public Object getOption(int option) {
    throw unused();
  }

  @Override
  protected <T> void setOption(SocketOption<T> name, T value) {
    throw unused();
  }

  @Override
  protected <T> T getOption(SocketOption<T> name) {
    throw unused();
  }

  @Override
  protected Set<SocketOption<?>> supportedOptions() {
    throw unused();
  }
}
