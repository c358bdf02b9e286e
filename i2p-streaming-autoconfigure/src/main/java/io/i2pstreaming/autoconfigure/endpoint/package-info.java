/** The actuator endpoint {@code i2pstreams}, when the actuator is there. */
@NullMarked
package io.i2pstreaming.autoconfigure.endpoint;

import org.jspecify.annotations.NullMarked;
