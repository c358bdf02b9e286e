package io.i2pstreaming.verification.architecture.broken.identity;

/** Something to depend on. */
public final class Key {}
