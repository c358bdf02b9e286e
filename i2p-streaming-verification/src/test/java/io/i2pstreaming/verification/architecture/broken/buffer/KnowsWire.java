package io.i2pstreaming.verification.architecture.broken.buffer;

import io.i2pstreaming.verification.architecture.broken.wire.Wire;

/** Breaks a rule: buffer must not know wire. */
public record KnowsWire(Wire forbidden) {}
