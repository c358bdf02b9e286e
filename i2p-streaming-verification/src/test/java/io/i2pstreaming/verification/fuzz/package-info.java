/** Targets for Jazzer, and the replay of what it found as ordinary tests. */
@NullMarked
package io.i2pstreaming.verification.fuzz;

import org.jspecify.annotations.NullMarked;
