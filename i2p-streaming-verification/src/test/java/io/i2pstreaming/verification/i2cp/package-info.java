/** The I2CP client against golden vectors, the reference's messages, and garbage. */
@NullMarked
package io.i2pstreaming.verification.i2cp;

import org.jspecify.annotations.NullMarked;
