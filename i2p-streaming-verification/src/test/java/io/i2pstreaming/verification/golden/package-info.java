/** Bytes made by other implementations: we must read them, write them and agree on signatures. */
@NullMarked
package io.i2pstreaming.verification.golden;

import org.jspecify.annotations.NullMarked;
