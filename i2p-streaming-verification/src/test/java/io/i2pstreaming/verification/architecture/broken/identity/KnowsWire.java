package io.i2pstreaming.verification.architecture.broken.identity;

import io.i2pstreaming.verification.architecture.broken.wire.Wire;

/** Breaks a rule: identity must not know wire. */
public record KnowsWire(Wire forbidden) {}
