/** What the starter can do alone. */
@org.jspecify.annotations.NullMarked
package io.i2pstreaming.bare;
