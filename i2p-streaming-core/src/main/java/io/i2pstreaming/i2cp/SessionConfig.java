package io.i2pstreaming.i2cp;

import java.util.Map;

/**
 * What a session asks of the router.
 *
 * @param options session and tunnel options, sent as written; none of them client-side
 * @param legacyLeaseSet whether to publish the old ElGamal lease set (old routers) instead of
 *     LeaseSet2
 */
public record SessionConfig(Map<String, String> options, boolean legacyLeaseSet) {}
