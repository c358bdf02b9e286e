@NullMarked
package io.i2pstreaming.autoconfigure.site;

import org.jspecify.annotations.NullMarked;
