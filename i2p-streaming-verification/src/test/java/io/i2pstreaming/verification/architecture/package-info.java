/** The rules of the house, as tests; and a broken house that shows that they can fail. */
@NullMarked
package io.i2pstreaming.verification.architecture;

import org.jspecify.annotations.NullMarked;
