/** All connections of one destination: demultiplexing, admission, listeners, pings. */
@NullMarked
package io.i2pstreaming.endpoint;

import org.jspecify.annotations.NullMarked;
