package io.i2pstreaming.verification.architecture.broken.facade;

import net.i2p.data.Hash;

/** Breaks a rule: the reference is not ours to run on. */
public record UsesReference(Hash forbidden) {}
