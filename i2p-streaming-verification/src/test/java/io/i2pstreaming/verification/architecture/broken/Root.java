package io.i2pstreaming.verification.architecture.broken;

/** Something to depend on. */
public final class Root {}
