package io.i2pstreaming.i2cp;

import io.i2pstreaming.identity.Destination;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A session with a router that the application opened by its own means and lends to a manager: it
 * carries I2CP payloads, already freed from their gzip envelope. Implemented by the application;
 * the manager needs the same destination's keys, because streaming packets are signed.
 *
 * <p>The manager calls all methods on its own thread. None may wait for long: all streams would
 * wait with it.
 *
 * <p>I2CP specification, "Payload".
 */
public interface PayloadSession {
  /** The destination that this session was opened for. */
  Destination destination();

  /**
   * Delivers to {@code receiver} from now on. Called once, when the manager starts; the session is
   * taken to be open then. An exception ends the manager's session for good.
   */
  void open(Receiver receiver) throws IOException;

  /**
   * Sends one payload.
   *
   * @param protocol 6 for streaming, others for datagrams
   * @param payload the session's own copy
   * @return false when it cannot be sent now; it then counts as lost, as it does when this throws
   */
  boolean send(Destination to, int protocol, int fromPort, int toPort, byte[] payload)
      throws IOException;

  /**
   * Asks for a host name or b32 name. The answer may come by any thread, also inside this call;
   * null says that there is none. Without one, whoever asked gives up after a minute at most.
   */
  void lookup(String name, Consumer<@Nullable Destination> answer);

  /**
   * The manager is closed and calls no more. Whether the session ends, too, is its owner's choice.
   */
  void close();

  /** Who gets what the session receives. Any thread may call it; it never waits. */
  interface Receiver {
    /** One payload; the array belongs to the receiver from now on. */
    void received(int protocol, int fromPort, int toPort, byte[] payload);

    /**
     * The session has ended: all streams fail, and the manager stays without a session.
     *
     * @param reason a sentence for the operator, without destinations
     */
    void closed(String reason);
  }
}
