/** What the library is held to: simulation, vectors, interoperation, architecture rules. */
@NullMarked
package io.i2pstreaming.verification;

import org.jspecify.annotations.NullMarked;
