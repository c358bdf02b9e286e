package io.i2pstreaming.verification.architecture.broken.loop;

import io.i2pstreaming.verification.architecture.broken.facade.Facade;

/** Breaks a rule: loop must not know facade. */
public record KnowsFacade(Facade forbidden) {}
