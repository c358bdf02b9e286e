/** Moves bytes to and from a router; knows no meaning. */
@NullMarked
package io.i2pstreaming.link;

import org.jspecify.annotations.NullMarked;
