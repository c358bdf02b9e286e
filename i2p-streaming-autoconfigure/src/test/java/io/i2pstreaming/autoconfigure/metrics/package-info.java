@NullMarked
package io.i2pstreaming.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
