package io.i2pstreaming.verification.architecture.broken.trace;

/** Something to depend on. */
public final class File {}
