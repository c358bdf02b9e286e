/** Tests of the embedded router and its network. */
@NullMarked
package io.i2pstreaming.embedded;

import org.jspecify.annotations.NullMarked;
