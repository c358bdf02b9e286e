package io.i2pstreaming.verification.architecture.broken.facade;

import io.i2pstreaming.verification.architecture.broken.Root;

/** Breaks a rule: facade must not know the public API. */
public record KnowsRoot(Root forbidden) {}
