package io.i2pstreaming.verification.architecture.broken.connection;

/** Something to depend on. */
public final class Connection {}
