package io.i2pstreaming.verification.architecture.broken.i2cp;

/** Something to depend on. */
public final class Client {}
