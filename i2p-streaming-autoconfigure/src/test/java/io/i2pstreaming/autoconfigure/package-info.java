@NullMarked
package io.i2pstreaming.autoconfigure;

import org.jspecify.annotations.NullMarked;
