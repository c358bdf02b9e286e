/** Our sockets under clients that other people wrote, and under the JDK's own machinery. */
@NullMarked
package io.i2pstreaming.verification.clients;

import org.jspecify.annotations.NullMarked;
