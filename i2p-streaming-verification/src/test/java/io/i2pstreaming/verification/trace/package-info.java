/** Traces, read by somebody else's tool. */
@NullMarked
package io.i2pstreaming.verification.trace;

import org.jspecify.annotations.NullMarked;
