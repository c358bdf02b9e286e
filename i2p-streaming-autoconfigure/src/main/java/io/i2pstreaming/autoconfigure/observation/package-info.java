/** Observations of dials and of listeners, when Micrometer's observations are there. */
@NullMarked
package io.i2pstreaming.autoconfigure.observation;

import org.jspecify.annotations.NullMarked;
