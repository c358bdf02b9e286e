package io.i2pstreaming.verification.architecture.broken.link;

import io.i2pstreaming.verification.architecture.broken.i2cp.Client;

/** Breaks a rule: link must not know i2cp. */
public record KnowsI2cp(Client forbidden) {}
