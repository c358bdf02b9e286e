package io.i2pstreaming.verification.simulation;

import io.i2pstreaming.connection.DeliveryOutcome;
import io.i2pstreaming.embedded.EmulatedNetwork;
import io.i2pstreaming.embedded.NetworkConditions;
import io.i2pstreaming.embedded.NetworkStats;
import io.i2pstreaming.i2cp.GzipPayload;
import io.i2pstreaming.i2cp.MalformedFrameException;
import io.i2pstreaming.identity.Destination;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * Hosts next to each other on the emulated network, each packet in its gzip frame so that damage is
 * noticed. Statuses come after a fixed while, as a router would send them.
 */
final class DirectCarrier implements Carrier {
  private static final int STREAMING = 6;
  private static final long STATUS_AFTER_NANOS = 800_000_000L;

  private final EmulatedNetwork<Integer> network;
  private final List<Host> hosts;
  private final Map<Destination, Integer> addresses = new HashMap<>();
  private final GzipPayload gzip = new GzipPayload();
  private final byte[] frame = new byte[8192];
  private final Queue<Status> statuses = new ArrayDeque<>();
  private long tags;

  private record Status(long at, Host host, long nonce, DeliveryOutcome outcome) {}

  DirectCarrier(long seed, NetworkConditions conditions, List<Host> hosts) {
    network = new EmulatedNetwork<>(seed, conditions, 64 << 20);
    this.hosts = hosts;
    for (Host host : hosts) {
      addresses.put(host.destination(), host.number());
    }
  }

  @Override
  public Fate send(
      long now,
      Host from,
      Destination to,
      int fromPort,
      int toPort,
      byte[] packet,
      int offset,
      int length,
      long nonce,
      long lifetimeNanos) {
    Integer address = addresses.get(to);
    if (nonce != 0) {
      DeliveryOutcome outcome =
          address == null ? DeliveryOutcome.NO_LEASE_SET : DeliveryOutcome.DELIVERED;
      // Every second unknown destination is one whose router stays silent.
      if (address != null || nonce % 2 == 0) {
        statuses.add(new Status(now + STATUS_AFTER_NANOS, from, nonce, outcome));
      }
    }
    if (address == null) {
      return Fate.LOST;
    }
    int size = gzip.seal(frame, 0, fromPort, toPort, STREAMING, packet, offset, length, false);
    NetworkStats before = network.stats();
    network.send(now, from.number(), address, frame, 0, size, tags++);
    NetworkStats after = network.stats();
    if (after.overflowed() > before.overflowed()) {
      return Fate.OVERFLOWED;
    }
    return after.lost() > before.lost() ? Fate.LOST : Fate.UNDER_WAY;
  }

  @Override
  public long nextDeadline() {
    Status first = statuses.peek();
    return Math.min(network.nextDeadline(), first == null ? Long.MAX_VALUE : first.at);
  }

  @Override
  public void advance(long now) {
    Status status = statuses.peek();
    while (status != null && status.at <= now) {
      statuses.remove();
      status.host.status(now, status.nonce, status.outcome);
      status = statuses.peek();
    }
    network.deliver(now, this::arrived);
  }

  private void arrived(long now, Integer from, Integer to, byte[] bytes, long tag) {
    try {
      gzip.open(bytes, 0, bytes.length);
    } catch (MalformedFrameException damaged) {
      return;
    }
    if (gzip.protocol() == STREAMING) {
      // Copied, because what the host sends in return goes through the same frame.
      byte[] packet = new byte[gzip.dataLength()];
      System.arraycopy(gzip.data(), gzip.dataOffset(), packet, 0, packet.length);
      hosts.get(to).receive(now, from, gzip.fromPort(), gzip.toPort(), packet, tag);
    }
  }

  @Override
  public boolean isQuiet() {
    return nextDeadline() == Long.MAX_VALUE;
  }

  /** Without a router there is no session. */
  @Override
  public void reconnect(long now, Host host) {
    host.note(now, "session back");
  }

  @Override
  public void conditions(long now, NetworkConditions conditions) {
    network.conditions(now, conditions);
  }

  @Override
  public long corrupted() {
    return network.stats().corrupted();
  }
}
