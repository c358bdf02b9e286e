package io.i2pstreaming.embedded;

import org.jspecify.annotations.Nullable;

/**
 * The embedded router without its thread: somebody else owns the time, and the same calls give the
 * same frames, bit for bit. For deterministic tests. One thread at a time.
 */
public final class VirtualRouter {
  /** No deadline. */
  public static final long NEVER = RouterMachine.NEVER;

  private final RouterMachine machine;

  /** Takes what the router writes to one client. */
  public interface Output {
    /** Takes one whole frame; the array may be reused when this returns. */
    void write(byte[] bytes, int offset, int length);

    /** Nothing follows. */
    void close(String cause);
  }

  /** One client's connection, the client's side. */
  public static final class Connection {
    private final ClientConnection connection;

    private Connection(ClientConnection connection) {
      this.connection = connection;
    }

    /** Bytes of the client, cut anywhere. */
    public void onBytes(long now, byte[] bytes, int offset, int length) {
      connection.onBytes(now, bytes, offset, length);
    }

    /** The client is gone. */
    public void close() {
      connection.close("the client closed its end");
    }
  }

  /**
   * A router without clients.
   *
   * @param now the time, in nanoseconds, at which the wall clock says {@code epochMillis}
   */
  public VirtualRouter(long seed, NetworkConditions conditions, long now, long epochMillis) {
    machine = new RouterMachine(seed, conditions, now, epochMillis);
  }

  /** A client connects; null when there are too many. */
  public @Nullable Connection connect(Output output) {
    ClientConnection connection =
        machine.connect(
            new ClientOutput() {
              @Override
              public boolean write(byte[] bytes, int offset, int length, boolean payload) {
                output.write(bytes, offset, length);
                return true;
              }

              @Override
              public void close(String cause) {
                output.close(cause);
              }
            });
    return connection == null ? null : new Connection(connection);
  }

  /** Time has come to {@link #nextDeadline()}; harmless when too early. */
  public void onTimer(long now) {
    machine.onTimer(now);
  }

  /** When {@link #onTimer} is wanted next, or {@link #NEVER}. */
  public long nextDeadline() {
    return machine.nextDeadline();
  }

  /** Changes the conditions between all pairs of destinations. */
  public void conditions(long now, NetworkConditions conditions) {
    machine.conditions(now, conditions);
  }

  /** What the network did so far. */
  public NetworkStats stats() {
    return machine.stats();
  }
}
