package io.i2pstreaming.autoconfigure.metrics;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.docs.MeterDocumentation;
import org.jspecify.annotations.Nullable;

/**
 * The meters of stream managers and their listeners: {@code docs/metrics.md} is made of these, and
 * of the observations. Every one also has the tag {@link I2PMeterKey#MANAGER}.
 */
public enum I2PMeter implements MeterDocumentation {
  /** 1 while the session is open. */
  SESSION_UP(
      "i2p.session.up",
      Meter.Type.GAUGE,
      null,
      "1 while the session with the router is open, else 0",
      ""),
  /** Sessions after the first. */
  SESSION_RECONNECTS(
      "i2p.session.reconnects", Meter.Type.COUNTER, null, "Sessions opened after the first", ""),
  /** Open streams. */
  CONNECTIONS_ACTIVE(
      "i2p.streaming.connections.active",
      Meter.Type.GAUGE,
      null,
      "Open streams",
      "incoming, outgoing",
      I2PMeterKey.DIRECTION),
  /** Ended streams and failed dials. */
  CONNECTIONS(
      "i2p.streaming.connections",
      Meter.Type.COUNTER,
      null,
      "Streams that ended, and dials that failed",
      "incoming, outgoing; success, reset (of an open stream), timeout, rejected, error (of a dial)",
      I2PMeterKey.DIRECTION,
      I2PMeterKey.OUTCOME),
  /** Refused streams. */
  CONNECTIONS_REJECTED(
      "i2p.streaming.connections.rejected",
      Meter.Type.COUNTER,
      null,
      "Incoming streams refused",
      "access, max_streams, peer_rate, total_rate, no_listener, backlog",
      I2PMeterKey.REASON),
  /** Lifetimes. */
  CONNECTIONS_DURATION(
      "i2p.streaming.connections.duration",
      Meter.Type.TIMER,
      Units.SECONDS,
      "Life of streams, from the handshake to the end",
      "incoming, outgoing",
      I2PMeterKey.DIRECTION),
  /** Refused pings. */
  PINGS_REJECTED(
      "i2p.streaming.pings.rejected",
      Meter.Type.COUNTER,
      null,
      "Echo requests refused",
      "access, peer_rate, total_rate",
      I2PMeterKey.REASON),
  /** Round trips. */
  RTT(
      "i2p.streaming.rtt",
      Meter.Type.TIMER,
      Units.SECONDS,
      "Round trips, one sample per unambiguous acknowledgement",
      ""),
  /** Retransmission timeouts. */
  RTO(
      "i2p.streaming.rto",
      Meter.Type.TIMER,
      Units.SECONDS,
      "Retransmission timeouts, as they were at each of these samples",
      ""),
  /** Windows. */
  WINDOW(
      "i2p.streaming.window",
      Meter.Type.DISTRIBUTION_SUMMARY,
      BaseUnits.MESSAGES,
      "Packets that a stream may have in flight, as it was at each of these samples",
      ""),
  /** Packets sent again. */
  RETRANSMISSIONS(
      "i2p.streaming.retransmissions",
      Meter.Type.COUNTER,
      null,
      "Packets sent again",
      "timeout, fast (because of NACKs)",
      I2PMeterKey.CAUSE),
  /** Packets. */
  PACKETS(
      "i2p.streaming.packets",
      Meter.Type.COUNTER,
      null,
      "Streaming packets, those sent again included",
      "in, out; data, ack, syn, close, reset, ping",
      I2PMeterKey.DIRECTION,
      I2PMeterKey.TYPE),
  /** Useless packets. */
  PACKETS_DROPPED(
      "i2p.streaming.packets.dropped",
      Meter.Type.COUNTER,
      null,
      "Packets received and not used",
      "duplicate, bad_signature, out_of_window (or else not acceptable to its stream), replay,"
          + " malformed, unknown_stream, unverified (too many to check), overflow, unclaimed"
          + " (datagrams of other protocols)",
      I2PMeterKey.REASON),
  /** Bytes. */
  BYTES(
      "i2p.streaming.bytes",
      Meter.Type.COUNTER,
      BaseUnits.BYTES,
      "Bytes of streams, without headers",
      "in, out; payload, retransmitted (out only)",
      I2PMeterKey.DIRECTION,
      I2PMeterKey.KIND),
  /** Buffered bytes. */
  BUFFER_USED(
      "i2p.streaming.buffer.used",
      Meter.Type.GAUGE,
      BaseUnits.BYTES,
      "Bytes received that nobody has read, and bytes written that no peer has acknowledged",
      "in, out",
      I2PMeterKey.DIRECTION),
  /** Chokes. */
  CHOKED(
      "i2p.streaming.choked",
      Meter.Type.COUNTER,
      null,
      "How often a peer asked us to stop sending, and how often we asked a peer",
      "in, out",
      I2PMeterKey.DIRECTION),
  /** Streams in a listener's hands. */
  LISTENER_ACTIVE(
      "i2p.streaming.listener.active",
      Meter.Type.GAUGE,
      null,
      "Streams that the listener serves now",
      "",
      I2PMeterKey.LISTENER),
  /** Streams served. */
  LISTENER_HANDLED(
      "i2p.streaming.listener.handled",
      Meter.Type.COUNTER,
      null,
      "Streams that the listener served to their end",
      "",
      I2PMeterKey.LISTENER),
  /** Streams not served. */
  LISTENER_FAILED(
      "i2p.streaming.listener.failed",
      Meter.Type.COUNTER,
      null,
      "Streams whose handler threw, or that ended early",
      "",
      I2PMeterKey.LISTENER),
  /** Streams in the hands of the site. */
  SITE_ACTIVE(
      "i2p.site.active", Meter.Type.GAUGE, null, "Streams that the published site serves now", ""),
  /** Streams of the site. */
  SITE_STREAMS(
      "i2p.site.streams",
      Meter.Type.COUNTER,
      null,
      "Streams that the site accepted, those refused at once included",
      ""),
  /** Requests. */
  SITE_REQUESTS(
      "i2p.site.requests",
      Meter.Type.COUNTER,
      null,
      "Requests that the site brought to the application",
      ""),
  /** WebSockets. */
  SITE_UPGRADES(
      "i2p.site.upgrades", Meter.Type.COUNTER, null, "Requests that became WebSockets", ""),
  /** Answers cut short. */
  SITE_ABORTED(
      "i2p.site.aborted",
      Meter.Type.COUNTER,
      null,
      "Exchanges that ended before the answer was whole",
      ""),
  /** Refusals. */
  SITE_REFUSED(
      "i2p.site.refused",
      Meter.Type.COUNTER,
      null,
      "Streams and requests that the site refused itself",
      "malformed, method, timeout, request_rate, head_too_large, not_implemented, bad_gateway,"
          + " unavailable, connections, destination_connections, gateway_timeout, version",
      I2PMeterKey.REASON),
  /** Messages asked about. */
  MESSAGES(
      "i2p.streaming.messages",
      Meter.Type.COUNTER,
      null,
      "What the router said of messages, asked for every SYN and a sample of the rest",
      "delivered, failed, expired",
      I2PMeterKey.OUTCOME),
  /** Delivery times. */
  MESSAGES_DELIVERY(
      "i2p.streaming.messages.delivery",
      Meter.Type.TIMER,
      Units.SECONDS,
      "Time from sending a message to the router's report of its delivery",
      ""),
  /** The last of them. */
  MESSAGES_DELIVERY_LAST(
      "i2p.streaming.messages.delivery.last",
      Meter.Type.GAUGE,
      Units.SECONDS,
      "The latest of these times",
      "");

  /** Units that Micrometer has no constant for. */
  private static final class Units {
    static final String SECONDS = "seconds";

    private Units() {}
  }

  private final String meter;
  private final Meter.Type type;
  private final @Nullable String unit;
  private final String description;
  private final String tagValues;

  @SuppressWarnings("ImmutableEnumChecker") // Only copies are handed out.
  private final KeyName[] keys;

  I2PMeter(
      String meter,
      Meter.Type type,
      @Nullable String unit,
      String description,
      String tagValues,
      KeyName... keys) {
    this.meter = meter;
    this.type = type;
    this.unit = unit;
    this.description = description;
    this.tagValues = tagValues;
    this.keys = keys;
  }

  @Override
  public String getName() {
    return meter;
  }

  @Override
  public Meter.Type getType() {
    return type;
  }

  @Override
  public @Nullable String getBaseUnit() {
    return unit;
  }

  @Override
  public KeyName[] getKeyNames() {
    return keys.clone();
  }

  /** What it measures. */
  public String description() {
    return description;
  }

  /** The values of its own tags, in their order. */
  public String tagValues() {
    return tagValues;
  }
}
