/** The driver: one thread per destination that owns time, the mailbox and every connection. */
@NullMarked
package io.i2pstreaming.loop;

import org.jspecify.annotations.NullMarked;
