/** Streams between managers of this process, over the embedded router. */
@NullMarked
package io.i2pstreaming.verification.endtoend;

import org.jspecify.annotations.NullMarked;
