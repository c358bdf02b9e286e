package io.i2pstreaming.verification.architecture.broken.loop;

import io.i2pstreaming.verification.architecture.broken.autoconfigure.Configuration;

/** Breaks a rule: loop must not know autoconfigure. */
public record KnowsAutoconfigure(Configuration forbidden) {}
