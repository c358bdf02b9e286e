package io.i2pstreaming.loop;

import io.i2pstreaming.connection.Connection;
import io.i2pstreaming.endpoint.PacketTap;
import io.i2pstreaming.endpoint.StreamingEndpoint;
import io.i2pstreaming.wire.PacketView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The traces that are running: shows each packet to those whose session or stream it belongs to.
 * While there are none, the endpoint knows nothing of it. Loop thread only.
 */
final class Taps implements PacketTap {
  /** Traces that may run at once. */
  static final int MAX_TAPS = 16;

  private final StreamingEndpoint endpoint;
  private final List<Entry> entries = new ArrayList<>();

  Taps(StreamingEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** Begins to show packets, of one connection only if it is given; ends it when there are many. */
  void add(PacketTap tap, @Nullable Connection only) {
    if (entries.size() == MAX_TAPS) {
      tap.ended();
      return;
    }
    entries.add(new Entry(tap, only));
    endpoint.tap(this);
  }

  /** Shows this one nothing more. */
  void remove(PacketTap tap) {
    entries.removeIf(entry -> entry.tap == tap);
    if (entries.isEmpty()) {
      endpoint.tap(null);
    }
  }

  @Override
  public void packet(long now, boolean outbound, int localPort, int remotePort, PacketView packet) {
    for (Entry entry : entries) {
      if (entry.only == null || belongs(entry.only, outbound, packet)) {
        entry.tap.packet(now, outbound, localPort, remotePort, packet);
      }
    }
  }

  /** A peer that does not know our id yet has chosen its own. */
  private static boolean belongs(Connection connection, boolean outbound, PacketView packet) {
    int own = connection.receiveStreamId();
    if (outbound) {
      return packet.receiveStreamId() == own;
    }
    boolean untold = packet.sendStreamId() == 0 && connection.sendStreamId() != 0;
    return packet.sendStreamId() == own
        || (untold && packet.receiveStreamId() == connection.sendStreamId());
  }

  @Override
  public void ended() {
    endpoint.tap(null);
    entries.forEach(entry -> entry.tap.ended());
    entries.clear();
  }

  private record Entry(PacketTap tap, @Nullable Connection only) {}
}
