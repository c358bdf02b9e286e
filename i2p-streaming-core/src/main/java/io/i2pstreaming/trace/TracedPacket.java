package io.i2pstreaming.trace;

import io.i2pstreaming.wire.PacketView;
import java.util.Arrays;

/** A packet that was seen, copied; immutable. */
public final class TracedPacket {
  /** No packet at all. */
  static final TracedPacket NONE = new TracedPacket(0, 0, false, 0, 0, new byte[0], 0);

  private final long now;
  private final int host;
  private final boolean outbound;
  private final int localPort;
  private final int remotePort;
  private final byte[] bytes;
  private final long missing;

  private TracedPacket(
      long now,
      int host,
      boolean outbound,
      int localPort,
      int remotePort,
      byte[] bytes,
      long missing) {
    this.now = now;
    this.host = host;
    this.outbound = outbound;
    this.localPort = localPort;
    this.remotePort = remotePort;
    this.bytes = bytes;
    this.missing = missing;
  }

  /**
   * Copies what a {@link io.i2pstreaming.endpoint.PacketTap} is shown.
   *
   * @param now when, in nanoseconds from the origin that the trace was given
   * @param host whose view it is, 0 to 253; a trace of one session has host 0 only
   * @param missing packets before this one that could not be kept
   */
  public static TracedPacket copy(
      long now,
      int host,
      boolean outbound,
      int localPort,
      int remotePort,
      PacketView packet,
      long missing) {
    int from = packet.offset();
    byte[] bytes = Arrays.copyOfRange(packet.buffer(), from, from + packet.length());
    return new TracedPacket(now, host, outbound, localPort, remotePort, bytes, missing);
  }

  long now() {
    return now;
  }

  int host() {
    return host;
  }

  boolean outbound() {
    return outbound;
  }

  int localPort() {
    return localPort;
  }

  int remotePort() {
    return remotePort;
  }

  /** The streaming packet; nobody writes to it. */
  byte[] bytes() {
    return bytes;
  }

  long missing() {
    return missing;
  }
}
