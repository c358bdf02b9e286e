package io.i2pstreaming.i2cp;

import io.i2pstreaming.identity.Hash;
import java.util.ArrayList;
import java.util.List;

/**
 * The leases that a router wants signed, in its order, from either form of the request.
 *
 * <p>I2CP specification, "RequestVariableLeaseSetMessage" and "RequestLeaseSetMessage".
 */
record LeaseRequest(List<Lease> leases) {
  /** Most leases in one lease set. */
  static final int MAX_LEASES = 16;

  /** Last moment that 32 bits of seconds can name. */
  private static final long MAX_END_MILLIS = 0xffff_ffffL * 1000 + 999;

  /** A way in: the gateway's hash, the tunnel there, and its end in milliseconds since 1970. */
  record Lease(Hash gateway, long tunnelId, long endMillis) {}

  /** Reads what follows the session id; {@code variable} leases have an end each. */
  static LeaseRequest read(FrameInput in, boolean variable) throws MalformedFrameException {
    int count = in.u8();
    if (count > MAX_LEASES) {
      throw new MalformedFrameException("a request for " + count + " leases");
    }
    List<Lease> leases = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Hash gateway = Hash.wrap(in.array(), in.skip(Hash.LENGTH));
      leases.add(new Lease(gateway, in.u32(), variable ? end(in) : 0));
    }
    if (!variable) {
      long end = end(in);
      leases.replaceAll(lease -> new Lease(lease.gateway(), lease.tunnelId(), end));
    }
    return new LeaseRequest(leases);
  }

  private static long end(FrameInput in) throws MalformedFrameException {
    long millis = in.i64();
    if (millis < 0 || millis > MAX_END_MILLIS) {
      throw new MalformedFrameException("a lease that ends at an impossible date");
    }
    return millis;
  }

  /** The latest end, in seconds since 1970. */
  long lastEndSeconds() {
    long last = 0;
    for (Lease lease : leases) {
      last = Math.max(last, lease.endMillis() / 1000);
    }
    return last;
  }
}
