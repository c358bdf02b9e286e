/** The protocol: one connection, pure and deterministic. Knows no clock, no thread and no key. */
@NullMarked
package io.i2pstreaming.connection;

import org.jspecify.annotations.NullMarked;
