package io.i2pstreaming.verification.architecture.broken.wire;

import io.i2pstreaming.verification.architecture.broken.connection.Connection;

/** Breaks a rule: wire must not know connection. */
public record KnowsConnection(Connection forbidden) {}
