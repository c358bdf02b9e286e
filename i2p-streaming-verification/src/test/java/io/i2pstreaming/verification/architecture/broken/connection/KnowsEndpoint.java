package io.i2pstreaming.verification.architecture.broken.connection;

import io.i2pstreaming.verification.architecture.broken.endpoint.Endpoint;

/** Breaks a rule: connection must not know endpoint. */
public record KnowsEndpoint(Endpoint forbidden) {}
