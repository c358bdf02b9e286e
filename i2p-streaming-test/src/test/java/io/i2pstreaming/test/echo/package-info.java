/** An application for the slice to be tried on. */
@NullMarked
package io.i2pstreaming.test.echo;

import org.jspecify.annotations.NullMarked;
