@NullMarked
package io.i2pstreaming.autoconfigure.endpoint;

import org.jspecify.annotations.NullMarked;
