/** An I2CP router inside the JVM, with a seeded network between its clients. */
@NullMarked
package io.i2pstreaming.embedded;

import org.jspecify.annotations.NullMarked;
