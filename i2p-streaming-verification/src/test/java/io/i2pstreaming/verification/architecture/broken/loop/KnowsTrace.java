package io.i2pstreaming.verification.architecture.broken.loop;

import io.i2pstreaming.verification.architecture.broken.trace.File;

/** Breaks a rule: loop must not know trace. */
public record KnowsTrace(File forbidden) {}
