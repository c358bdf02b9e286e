@NullMarked
package io.i2pstreaming.spring.site;

import org.jspecify.annotations.NullMarked;
