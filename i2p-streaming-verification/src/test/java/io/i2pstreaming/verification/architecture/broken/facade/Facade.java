package io.i2pstreaming.verification.architecture.broken.facade;

/** Something to depend on. */
public final class Facade {}
