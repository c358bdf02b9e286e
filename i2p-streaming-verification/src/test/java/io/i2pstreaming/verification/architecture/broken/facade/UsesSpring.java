package io.i2pstreaming.verification.architecture.broken.facade;

import org.springframework.core.io.Resource;

/** Breaks a rule: Spring must not reach the engine. */
public record UsesSpring(Resource forbidden) {}
