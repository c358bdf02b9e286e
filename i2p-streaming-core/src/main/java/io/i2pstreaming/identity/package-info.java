/** Destinations, keys and signatures. */
@NullMarked
package io.i2pstreaming.identity;

import org.jspecify.annotations.NullMarked;
