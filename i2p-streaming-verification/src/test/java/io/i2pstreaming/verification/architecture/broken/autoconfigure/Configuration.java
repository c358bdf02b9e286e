package io.i2pstreaming.verification.architecture.broken.autoconfigure;

/** Something to depend on. */
public final class Configuration {}
