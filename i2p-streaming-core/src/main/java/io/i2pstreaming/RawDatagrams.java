package io.i2pstreaming;

import io.i2pstreaming.facade.DatagramQueue;
import io.i2pstreaming.i2cp.I2cpClient;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.loop.DatagramPort;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The datagrams of a manager's destination: every I2CP protocol but 6, which is streaming, as bare
 * payloads. 17 is a repliable datagram, 18 a raw one, 19 and 20 their successors; what a payload of
 * them means, its signature for one, is the application's business. Datagrams may be lost,
 * duplicated and reordered, and nobody says so. Made by {@link StreamManager#rawDatagrams}.
 * Thread-safe.
 *
 * <p>I2CP specification, "SendMessageExpiresMessage"; datagram specification.
 */
public final class RawDatagrams implements AutoCloseable {
  /**
   * Longest payload. What does not fit into one tunnel message of about 1 KiB is cut into pieces
   * which must all arrive, so 10 KiB are a sensible limit, and 4 KiB a better one.
   */
  public static final int MAX_PAYLOAD = I2cpClient.MAX_PAYLOAD;

  private static final int LAST_PROTOCOL = 254;
  private static final int LAST_PORT = 65_535;

  /** What an application does with a datagram. */
  @FunctionalInterface
  public interface Handler {
    /**
     * One datagram. Called in the order of arrival, one call at a time, on the executor's threads.
     * What it throws is counted, logged the first time, and costs nothing else.
     *
     * @param protocol 0 to 255, never 6
     * @param fromPort the sender's port, or 0
     * @param toPort our port, or 0
     * @param payload the handler's own copy, at most 65535 bytes
     */
    void received(int protocol, int fromPort, int toPort, byte[] payload);
  }

  /**
   * What was done so far.
   *
   * @param delivered datagrams given to the handler
   * @param dropped datagrams that came while 256 of them, or 1 MiB, waited for the handler
   * @param failed of those delivered, how many the handler threw an exception on
   * @param sent datagrams given to the router
   * @param notSent datagrams not given to it: no session, or more than 1 MiB at once
   */
  public record Totals(long delivered, long dropped, long failed, long sent, long notSent) {}

  private final DatagramPort port;
  private final DatagramQueue queue;
  private final Runnable onClose;
  private volatile boolean closed;

  RawDatagrams(DatagramPort port, Handler handler, Executor executor, Runnable onClose) {
    this.port = port;
    this.queue = new DatagramQueue(handler::received, executor);
    this.onClose = onClose;
    port.receiver(queue);
  }

  /**
   * Sends one datagram; returns at once and never waits for the session.
   *
   * @param protocol 0 to 254, but not 6
   * @param payload copied; at most {@link #MAX_PAYLOAD} bytes
   * @return false when it was certainly not sent: closed, or too much waits already
   * @throws IllegalArgumentException for another protocol, port or length
   */
  public boolean send(Destination to, int protocol, int fromPort, int toPort, byte[] payload) {
    String refusal = refusal(protocol, fromPort, toPort, payload.length);
    if (refusal != null) {
      throw new IllegalArgumentException(refusal);
    }
    return !closed && port.send(to, protocol, fromPort, toPort, payload.clone());
  }

  private static @Nullable String refusal(int protocol, int fromPort, int toPort, int length) {
    if (protocol == DatagramPort.STREAMING) {
      return "protocol 6 is streaming, and only streams send it";
    }
    if (protocol < 0 || protocol > LAST_PROTOCOL) {
      return "a datagram's protocol is 0 to 254, not " + protocol;
    }
    if (fromPort < 0 || fromPort > LAST_PORT || toPort < 0 || toPort > LAST_PORT) {
      return "I2P ports are 0 to 65535, not " + fromPort + " and " + toPort;
    }
    if (length > MAX_PAYLOAD) {
      return "a datagram of " + length + " bytes; routers take at most " + MAX_PAYLOAD;
    }
    return null;
  }

  /** Counts since this was made. */
  public Totals totals() {
    return new Totals(
        queue.delivered(), queue.dropped(), queue.failed(), port.sent(), port.notSent());
  }

  /** Receives and sends nothing more; the manager can make another one then. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      queue.close();
      onClose.run();
    }
  }
}
