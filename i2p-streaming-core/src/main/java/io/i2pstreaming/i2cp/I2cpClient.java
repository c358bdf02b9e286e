package io.i2pstreaming.i2cp;

import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.identity.Hash;
import java.util.random.RandomGenerator;

/**
 * The life of one I2CP session over one link, as a machine: GetDate, CreateSession, lease sets,
 * messages, lookups. Used once per link; bytes to the router leave through the {@link ByteOutput}
 * at once, inside the call that causes them. One thread at a time.
 *
 * <p>I2CP specification 0.9.67.
 */
public final class I2cpClient {
  /** No deadline. */
  public static final long NEVER = Long.MAX_VALUE;

  /** A client that has sent nothing yet. */
  public I2cpClient(
      SessionConfig config,
      DestinationKeys keys,
      RandomGenerator random,
      ByteOutput output,
      I2cpListener listener) {
    throw new UnsupportedOperationException("seam");
  }

  /** The link is open: sends the protocol byte and GetDate. */
  public void onLinkOpen(long now) {
    throw new UnsupportedOperationException("seam");
  }

  /** Bytes from the router, cut anywhere. */
  public void onBytes(long now, byte[] bytes, int offset, int length) {
    throw new UnsupportedOperationException("seam");
  }

  /** The link broke: tells {@code sessionDown} unless that was told already. */
  public void onLinkClosed(long now, String cause) {
    throw new UnsupportedOperationException("seam");
  }

  /** Time has come to {@link #nextDeadline()}; harmless when too early. */
  public void onTimer(long now) {
    throw new UnsupportedOperationException("seam");
  }

  /** When {@link #onTimer} is wanted next, or {@link #NEVER}. */
  public long nextDeadline() {
    throw new UnsupportedOperationException("seam");
  }

  /** Whether messages can be sent. */
  public boolean isUp() {
    throw new UnsupportedOperationException("seam");
  }

  /** The version the router announced, or an empty string before that. */
  public String routerVersion() {
    throw new UnsupportedOperationException("seam");
  }

  /** The router's wall clock at {@code now}; 0 before the router told it. */
  public long epochMillis(long now) {
    throw new UnsupportedOperationException("seam");
  }

  /**
   * Sends a message in a stored or, where it pays and {@code compress} allows, deflated gzip frame.
   *
   * @param nonce 0 for no status, else 1 to 2^32−1
   * @param lifetimeNanos after this long routers may drop it
   * @param bundleLeaseSet whether our lease set may be bundled
   * @return false when the session is not up
   */
  public boolean send(
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
      boolean bundleLeaseSet) {
    throw new UnsupportedOperationException("seam");
  }

  /** Asks the router for a host name or b32 name; the answer comes to {@code lookedUp}. */
  public void lookup(long now, long lookupId, String name, long timeoutNanos) {
    throw new UnsupportedOperationException("seam");
  }

  /** Asks the router for the destination with this hash. */
  public void lookup(long now, long lookupId, Hash hash, long timeoutNanos) {
    throw new UnsupportedOperationException("seam");
  }

  /** Ends the session politely: DestroySession. The owner then closes the link. */
  public void close(long now) {
    throw new UnsupportedOperationException("seam");
  }
}
