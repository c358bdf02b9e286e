@NullMarked
package io.i2pstreaming.autoconfigure.observation;

import org.jspecify.annotations.NullMarked;
