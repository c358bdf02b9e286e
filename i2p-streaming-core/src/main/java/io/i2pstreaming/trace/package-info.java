/** Packets written down for people: a pcapng file of TCP-like conversations. */
@NullMarked
package io.i2pstreaming.trace;

import org.jspecify.annotations.NullMarked;
