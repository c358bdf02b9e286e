package io.i2pstreaming.verification.architecture.broken.loop;

import io.i2pstreaming.verification.architecture.broken.embedded.UsesMicrometer;

/** Breaks a rule: loop must not know embedded. */
public record KnowsRouter(UsesMicrometer forbidden) {}
