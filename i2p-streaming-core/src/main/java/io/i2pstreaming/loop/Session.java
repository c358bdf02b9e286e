package io.i2pstreaming.loop;

import io.i2pstreaming.identity.Destination;
import java.util.Map;

/**
 * What carries the payloads of one destination: a session with a router, opened by us or by the
 * application. Tells the {@link Junction} what happens, inside {@link #turn}. Loop thread only.
 */
interface Session {
  /** Begins. */
  void connect();

  /** Notes what has come: {@link #turn} handles that, and what comes meanwhile in the next turn. */
  void look();

  /** Handles what came and what is due; true when there is more than one turn takes. */
  boolean turn(long now);

  /** When {@link #turn} is wanted at the latest. */
  long nextDeadline();

  /** Whether there is something that came. */
  boolean hasInput();

  /** Whether there is somebody to give payloads to; whether they are taken is another question. */
  boolean isOpen();

  /** What the router of the present session announced; empty if that is not known. */
  String routerVersion();

  /** Notes that the session is up; whoever waited for its options hears of it. */
  void up(long now);

  /** Changes tunnel options of this session and the following ones. */
  void reconfigure(long now, Map<String, String> changes, Reconfiguration whoever);

  /** The router's answer to that. */
  void reconfigured(boolean taken);

  /** Sends a payload, as {@code I2cpClient.send} does; false when it cannot be sent now. */
  boolean send(
      long now,
      Destination to,
      int protocol,
      int fromPort,
      int toPort,
      byte[] payload,
      int offset,
      int length,
      boolean compress,
      long nonce,
      long lifetimeNanos,
      boolean bundleLeaseSet);

  /** Asks for a name; the answer comes to the junction's {@code lookedUp}. */
  void lookup(long now, long lookupId, String name, long timeoutNanos);

  /** One write for everything that the turn produced. */
  void flush();

  /** The reason with the router's address, when there are several. */
  String attributed(String reason);

  /** The session is over: the wait until the next attempt, or −1 when there will be none. */
  long ended(long now, boolean retryable);

  /** Ends for good, politely where possible. */
  void stop(long now);

  /** Payloads dropped because the loop did not keep up. */
  long dropped();
}
