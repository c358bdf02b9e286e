package io.i2pstreaming.verification.simulation;

import io.i2pstreaming.endpoint.PacketTap;
import io.i2pstreaming.trace.PcapngTrace;
import io.i2pstreaming.trace.TracedPacket;
import io.i2pstreaming.wire.PacketView;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Everything that happened in a run: as one number, by which two runs are compared bit for bit, and
 * as text when somebody wants to read it.
 */
final class Trace {
  private final @Nullable PrintStream text;
  private final @Nullable PcapngTrace file;
  private long hash = 0xcbf29ce484222325L;
  private long events;

  Trace(@Nullable PrintStream text, @Nullable PcapngTrace file) {
    this.text = text;
    this.file = file;
  }

  /** What writes a host's view of its packets to the file; null without one. */
  @Nullable PacketTap tapOf(int host) {
    PcapngTrace written = file;
    if (written == null) {
      return null;
    }
    return new PacketTap() {
      @Override
      public void packet(
          long now, boolean outbound, int localPort, int remotePort, PacketView packet) {
        try {
          written.add(TracedPacket.copy(now, host, outbound, localPort, remotePort, packet, 0));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }

      @Override
      public void ended() {
        throw new AssertionError("an endpoint ends no trace");
      }
    };
  }

  /** A packet leaves or arrives. */
  void packet(long now, String direction, int from, int to, PacketView packet) {
    mix(now);
    mix(direction.hashCode() * 31L + from * 1009L + to);
    byte[] bytes = packet.buffer();
    for (int i = 0; i < packet.length(); i++) {
      hash = (hash ^ bytes[packet.offset() + i]) * 0x100000001b3L;
    }
    if (text != null) {
      text.printf("%s %d %-4s %d  %s%n", seconds(now), from, direction, to, packet);
    }
  }

  /** Anything else. */
  void note(long now, int host, String what) {
    mix(now);
    mix(what.hashCode() * 31L + host);
    if (text != null) {
      text.printf("%s %d  %s%n", seconds(now), host, what);
    }
  }

  long hash() {
    return hash;
  }

  long events() {
    return events;
  }

  private void mix(long value) {
    events++;
    hash = (hash ^ value) * 0x9e3779b97f4a7c15L;
    hash ^= hash >>> 29;
  }

  private static String seconds(long nanos) {
    return String.format("%12.6f", nanos / 1e9);
  }
}
