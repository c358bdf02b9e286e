package io.i2pstreaming.verification.architecture.broken.loop;

/** Something to depend on. */
public final class Loop {}
