/** Public API: an open destination ({@link io.i2pstreaming.StreamManager}) and its sockets. */
@NullMarked
package io.i2pstreaming;

import org.jspecify.annotations.NullMarked;
