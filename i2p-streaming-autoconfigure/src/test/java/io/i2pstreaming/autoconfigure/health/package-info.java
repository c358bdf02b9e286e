@NullMarked
package io.i2pstreaming.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
