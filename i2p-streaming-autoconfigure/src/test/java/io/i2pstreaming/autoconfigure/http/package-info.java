@NullMarked
package io.i2pstreaming.autoconfigure.http;

import org.jspecify.annotations.NullMarked;
