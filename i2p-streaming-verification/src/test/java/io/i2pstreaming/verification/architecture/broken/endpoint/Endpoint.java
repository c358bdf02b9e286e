package io.i2pstreaming.verification.architecture.broken.endpoint;

/** Something to depend on. */
public final class Endpoint {}
