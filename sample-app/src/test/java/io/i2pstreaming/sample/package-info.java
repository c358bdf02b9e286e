@NullMarked
package io.i2pstreaming.sample;

import org.jspecify.annotations.NullMarked;
