package io.i2pstreaming.facade;

import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The TCP options of a socket that has no TCP: remembered, so that a program reads back what it
 * set, and otherwise without effect, {@code SO_LINGER} apart. Thread-safe.
 */
public final class SocketSettings {
  private static final int BUFFER_BYTES = 256 * 1024;

  private static final Map<SocketOption<?>, Object> STREAM_DEFAULTS =
      Map.of(
          StandardSocketOptions.TCP_NODELAY,
          true,
          StandardSocketOptions.SO_LINGER,
          -1,
          StandardSocketOptions.SO_KEEPALIVE,
          false,
          StandardSocketOptions.SO_REUSEADDR,
          false,
          StandardSocketOptions.SO_SNDBUF,
          BUFFER_BYTES,
          StandardSocketOptions.SO_RCVBUF,
          BUFFER_BYTES,
          StandardSocketOptions.IP_TOS,
          0);

  private static final Map<SocketOption<?>, Object> SERVER_DEFAULTS =
      Map.of(
          StandardSocketOptions.SO_REUSEADDR,
          false,
          StandardSocketOptions.SO_RCVBUF,
          BUFFER_BYTES,
          StandardSocketOptions.IP_TOS,
          0);

  private final Map<SocketOption<?>, Object> values;

  private SocketSettings(Map<SocketOption<?>, Object> defaults) {
    this.values = new ConcurrentHashMap<>(defaults);
  }

  /** Options of a socket. */
  public static SocketSettings ofStream() {
    return new SocketSettings(STREAM_DEFAULTS);
  }

  /** Options of a server socket. */
  public static SocketSettings ofServer() {
    return new SocketSettings(SERVER_DEFAULTS);
  }

  /** Remembers a value; UnsupportedOperationException for an option that sockets do not have. */
  public <T> void set(SocketOption<T> option, T value) {
    if (!values.containsKey(Objects.requireNonNull(option))) {
      throw unsupported(option);
    }
    values.put(option, option.type().cast(Objects.requireNonNull(value)));
  }

  /** What was set, or the default. */
  public <T> T get(SocketOption<T> option) {
    Object value = values.get(Objects.requireNonNull(option));
    if (value == null) {
      throw unsupported(option);
    }
    return option.type().cast(value);
  }

  /** The options that {@link #set} and {@link #get} know. */
  public Set<SocketOption<?>> supported() {
    return Set.copyOf(values.keySet());
  }

  private static UnsupportedOperationException unsupported(SocketOption<?> option) {
    return new UnsupportedOperationException("'" + option.name() + "' is not supported");
  }
}
