package io.i2pstreaming.verification.architecture.broken.embedded;

import io.micrometer.observation.ObservationRegistry;

/** Breaks a rule: Micrometer must not reach the embedded router. */
public record UsesMicrometer(ObservationRegistry forbidden) {}
