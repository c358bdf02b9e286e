package io.i2pstreaming.verification.architecture.broken.wire;

/** Something to depend on. */
public final class Wire {}
