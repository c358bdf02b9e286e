/**
 * Many endpoints over an unreliable network in virtual time: the production code, replayed bit for
 * bit from a seed, with invariants checked after every event.
 */
@NullMarked
package io.i2pstreaming.verification.simulation;

import org.jspecify.annotations.NullMarked;
