package io.i2pstreaming.verification.architecture.broken.i2cp;

import io.i2pstreaming.verification.architecture.broken.endpoint.Endpoint;

/** Breaks a rule: i2cp must not know endpoint. */
public record KnowsEndpoint(Endpoint forbidden) {}
