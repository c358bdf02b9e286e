@NullMarked
package io.i2pstreaming.spring;

import org.jspecify.annotations.NullMarked;
