/** The application's own web server as an I2P site. */
@NullMarked
package io.i2pstreaming.autoconfigure.site;

import org.jspecify.annotations.NullMarked;
