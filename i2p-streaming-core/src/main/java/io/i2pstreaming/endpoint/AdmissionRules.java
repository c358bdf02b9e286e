package io.i2pstreaming.endpoint;

import io.i2pstreaming.identity.Hash;

/**
 * Whom an endpoint lets in, and how many of them.
 *
 * @param blacklist who may never, whatever the access list says ({@code i2p.streaming.blacklist})
 * @param access who may
 * @param limits how many
 */
public record AdmissionRules(AccessList blacklist, AccessList access, ConnectionLimits limits) {
  /** Everybody, as often as they like. */
  public static final AdmissionRules NONE =
      new AdmissionRules(AccessList.OFF, AccessList.OFF, ConnectionLimits.NONE);

  /** Whether one of the lists refuses this peer. */
  boolean refuses(Hash peer) {
    return blacklist.refuses(peer) || access.refuses(peer);
  }
}
