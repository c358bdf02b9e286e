/**
 * Where application threads block: the two pipes of a stream, its socket views, and the only locks.
 */
@NullMarked
package io.i2pstreaming.facade;

import org.jspecify.annotations.NullMarked;
