/** Auto-configuration of HTTP clients that reach I2P. */
@NullMarked
package io.i2pstreaming.autoconfigure.http;

import org.jspecify.annotations.NullMarked;
