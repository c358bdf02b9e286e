/**
 * The I2CP client as a machine without sockets: frames, session life, lease sets, gzip payloads.
 */
@NullMarked
package io.i2pstreaming.i2cp;

import org.jspecify.annotations.NullMarked;
