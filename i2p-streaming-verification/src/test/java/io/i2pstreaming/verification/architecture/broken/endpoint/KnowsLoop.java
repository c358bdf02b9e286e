package io.i2pstreaming.verification.architecture.broken.endpoint;

import io.i2pstreaming.verification.architecture.broken.loop.Loop;

/** Breaks a rule: endpoint must not know loop. */
public record KnowsLoop(Loop forbidden) {}
