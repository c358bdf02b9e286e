/** The Java of {@code docs/recipes.md}, compiled, and where that is cheap also run. */
@NullMarked
package io.i2pstreaming.recipes;

import org.jspecify.annotations.NullMarked;
