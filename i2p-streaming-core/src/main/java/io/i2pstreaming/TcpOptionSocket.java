package io.i2pstreaming;

import io.i2pstreaming.facade.NoSocketImpl;
import io.i2pstreaming.facade.SocketSettings;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The half of {@link I2PSocket} that is about TCP, which I2P does not have: options are remembered,
 * so that a program reads back what it set, and otherwise ignored.
 */
// Volatile fields instead: a lock would pin virtual threads.
@SuppressWarnings("UnsynchronizedOverridesSynchronized")
abstract class TcpOptionSocket extends Socket {
  private static final SocketSettings DEFAULTS = SocketSettings.ofStream();

  private static final AtomicReferenceFieldUpdater<TcpOptionSocket, @Nullable SocketSettings>
      SETTINGS =
          AtomicReferenceFieldUpdater.newUpdater(
              TcpOptionSocket.class, SocketSettings.class, "settings");

  /** Null until something is set: most programs set nothing. */
  private volatile @Nullable SocketSettings settings;

  private volatile boolean oobInline;

  TcpOptionSocket() throws SocketException {
    super(NoSocketImpl.INSTANCE);
  }

  private SocketSettings settings() {
    SocketSettings set = settings;
    return set == null ? DEFAULTS : set;
  }

  private <T> void set(SocketOption<T> option, T value) {
    if (settings == null) {
      SETTINGS.compareAndSet(this, null, SocketSettings.ofStream());
    }
    settings().set(option, value);
  }

  @Override
  public void setSoLinger(boolean on, int seconds) {
    set(StandardSocketOptions.SO_LINGER, on ? notNegative(seconds, "linger time") : -1);
  }

  @Override
  public int getSoLinger() {
    return settings().get(StandardSocketOptions.SO_LINGER);
  }

  @Override
  public void setTcpNoDelay(boolean on) {
    set(StandardSocketOptions.TCP_NODELAY, on);
  }

  @Override
  public boolean getTcpNoDelay() {
    return settings().get(StandardSocketOptions.TCP_NODELAY);
  }

  @Override
  public void setKeepAlive(boolean on) {
    set(StandardSocketOptions.SO_KEEPALIVE, on);
  }

  @Override
  public boolean getKeepAlive() {
    return settings().get(StandardSocketOptions.SO_KEEPALIVE);
  }

  @Override
  public void setReuseAddress(boolean on) {
    set(StandardSocketOptions.SO_REUSEADDR, on);
  }

  @Override
  public boolean getReuseAddress() {
    return settings().get(StandardSocketOptions.SO_REUSEADDR);
  }

  @Override
  public void setSendBufferSize(int size) {
    set(StandardSocketOptions.SO_SNDBUF, positive(size, "buffer size"));
  }

  @Override
  public int getSendBufferSize() {
    return settings().get(StandardSocketOptions.SO_SNDBUF);
  }

  @Override
  public void setReceiveBufferSize(int size) {
    set(StandardSocketOptions.SO_RCVBUF, positive(size, "buffer size"));
  }

  @Override
  public int getReceiveBufferSize() {
    return settings().get(StandardSocketOptions.SO_RCVBUF);
  }

  @Override
  public void setTrafficClass(int trafficClass) {
    if (trafficClass < 0 || trafficClass > 255) {
      throw new IllegalArgumentException("a traffic class is 0 to 255");
    }
    set(StandardSocketOptions.IP_TOS, trafficClass);
  }

  @Override
  public int getTrafficClass() {
    return settings().get(StandardSocketOptions.IP_TOS);
  }

  @Override
  public void setOOBInline(boolean on) {
    oobInline = on;
  }

  @Override
  public boolean getOOBInline() {
    return oobInline;
  }

  /** Always refused, as by every socket without urgent data. */
  @Override
  public void sendUrgentData(int data) throws IOException {
    throw new SocketException("Urgent data not supported");
  }

  @Override
  public void setPerformancePreferences(int connectionTime, int latency, int bandwidth) {
    // Nothing to prefer.
  }

  @Override
  public <T> Socket setOption(SocketOption<T> name, T value) {
    set(name, value);
    return this;
  }

  @Override
  public <T> T getOption(SocketOption<T> name) {
    return settings().get(name);
  }

  @Override
  public Set<SocketOption<?>> supportedOptions() {
    return settings().supported();
  }

  static int notNegative(int value, String what) {
    if (value < 0) {
      throw new IllegalArgumentException("a " + what + " is not negative");
    }
    return value;
  }

  static int positive(int value, String what) {
    if (value <= 0) {
      throw new IllegalArgumentException("a " + what + " is positive");
    }
    return value;
  }
}
