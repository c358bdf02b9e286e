package io.i2pstreaming.facade;

import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import jdk.net.ExtendedSocketOptions;

/**
 * The TCP options of a socket that has no TCP: remembered, so that a program reads back what it
 * set, and otherwise without effect, {@code SO_LINGER} apart. Thread-safe.
 */
public final class SocketSettings {
  private static final int BUFFER_BYTES = 256 * 1024;

  /** The last ones are no standard ones, but clients set them unasked; defaults are Linux's. */
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
          0,
          ExtendedSocketOptions.TCP_KEEPIDLE,
          7200,
          ExtendedSocketOptions.TCP_KEEPINTERVAL,
          75,
          ExtendedSocketOptions.TCP_KEEPCOUNT,
          9);

  private static final Map<SocketOption<?>, Object> SERVER_DEFAULTS =
      Map.of(
          StandardSocketOptions.SO_REUSEADDR,
          false,
          StandardSocketOptions.SO_RCVBUF,
          BUFFER_BYTES,
          StandardSocketOptions.IP_TOS,
          0);

  /** Immutable and shared until something is set: most sockets never set anything. */
  private final AtomicReference<Map<SocketOption<?>, Object>> values;

  private SocketSettings(Map<SocketOption<?>, Object> defaults) {
    this.values = new AtomicReference<>(defaults);
  }

  /** Options of a socket. */
  public static SocketSettings ofStream() {
    return new SocketSettings(STREAM_DEFAULTS);
  }

  /** Options of a server socket. */
  public static SocketSettings ofServer() {
    return new SocketSettings(SERVER_DEFAULTS);
  }

  private Map<SocketOption<?>, Object> current() {
    return Objects.requireNonNull(values.get());
  }

  /** Remembers a value; UnsupportedOperationException for an option that sockets do not have. */
  public <T> void set(SocketOption<T> option, T value) {
    T checked = option.type().cast(Objects.requireNonNull(value));
    values.updateAndGet(
        before -> {
          if (!before.containsKey(option)) {
            throw unsupported(option);
          }
          Map<SocketOption<?>, Object> changed = new HashMap<>(before);
          changed.put(option, checked);
          return Map.copyOf(changed);
        });
  }

  /** What was set, or the default. */
  public <T> T get(SocketOption<T> option) {
    Object value = current().get(Objects.requireNonNull(option));
    if (value == null) {
      throw unsupported(option);
    }
    return option.type().cast(value);
  }

  /** The options that {@link #set} and {@link #get} know. */
  public Set<SocketOption<?>> supported() {
    return Set.copyOf(current().keySet());
  }

  private static UnsupportedOperationException unsupported(SocketOption<?> option) {
    return new UnsupportedOperationException("'" + option.name() + "' is not supported");
  }
}
