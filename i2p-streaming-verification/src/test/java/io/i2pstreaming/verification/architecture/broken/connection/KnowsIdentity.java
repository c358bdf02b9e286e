package io.i2pstreaming.verification.architecture.broken.connection;

import io.i2pstreaming.verification.architecture.broken.identity.Key;

/** Breaks a rule: connection must not know identity. */
public record KnowsIdentity(Key forbidden) {}
