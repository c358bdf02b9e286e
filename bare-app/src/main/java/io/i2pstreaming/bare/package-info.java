/** An application that depends on the starter and on nothing else. */
@org.jspecify.annotations.NullMarked
package io.i2pstreaming.bare;
