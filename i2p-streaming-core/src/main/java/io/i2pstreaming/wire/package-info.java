/** The packet format of I2P streaming, bytes only. */
@NullMarked
package io.i2pstreaming.wire;

import org.jspecify.annotations.NullMarked;
