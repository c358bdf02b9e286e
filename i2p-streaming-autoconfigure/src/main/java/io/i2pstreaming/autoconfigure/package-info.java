/** Spring Boot auto-configuration for I2P streaming. */
@NullMarked
package io.i2pstreaming.autoconfigure;

import org.jspecify.annotations.NullMarked;
