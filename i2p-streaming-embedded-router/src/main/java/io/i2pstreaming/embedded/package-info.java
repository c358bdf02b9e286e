/**
 * An I2CP router inside the JVM, with a seeded network between its clients.
 *
 * <p>Bytes of a client reach {@code ClientConnection} (frames and answers), which belongs to {@code
 * RouterMachine} (sessions and routing), which sends messages through {@link
 * io.i2pstreaming.embedded.EmulatedNetwork}. These three are told the time and draw nothing but
 * from their seed. {@link io.i2pstreaming.embedded.EmbeddedRouter} drives them in real time with
 * one {@code RouterThread}; clients get there through {@code InProcessLink} or {@code TcpPort}.
 */
@NullMarked
package io.i2pstreaming.embedded;

import org.jspecify.annotations.NullMarked;
