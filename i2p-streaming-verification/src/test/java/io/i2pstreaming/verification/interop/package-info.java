/**
 * The library against programs this project did not write: the reference streaming library, the
 * Java router and i2pd, each in a process of its own and on loopback only.
 */
@NullMarked
package io.i2pstreaming.verification.interop;

import org.jspecify.annotations.NullMarked;
