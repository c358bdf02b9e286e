package io.i2pstreaming.i2cp;

import java.util.Map;

/**
 * What a session asks of the router.
 *
 * @param options session and tunnel options, sent as written; none of them client-side
 * @param legacyLeaseSet whether to publish the old ElGamal lease set (old routers) instead of
 *     LeaseSet2
 * @param compression which payloads may be deflated
 */
public record SessionConfig(
    Map<String, String> options, boolean legacyLeaseSet, Compression compression) {
  /** Deflates where it pays by experience. */
  public SessionConfig(Map<String, String> options, boolean legacyLeaseSet) {
    this(options, legacyLeaseSet, Compression.ADAPTIVE);
  }
}
