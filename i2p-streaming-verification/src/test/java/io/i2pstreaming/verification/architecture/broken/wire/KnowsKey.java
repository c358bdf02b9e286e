package io.i2pstreaming.verification.architecture.broken.wire;

import io.i2pstreaming.verification.architecture.broken.identity.Key;

/** Breaks a rule: wire must not know identity. */
public record KnowsKey(Key forbidden) {}
