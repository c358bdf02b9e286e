@NullMarked
package io.i2pstreaming.test;

import org.jspecify.annotations.NullMarked;
