/** Byte rings. */
@NullMarked
package io.i2pstreaming.buffer;

import org.jspecify.annotations.NullMarked;
