/** Health of stream managers, when Boot's health is there. */
@NullMarked
package io.i2pstreaming.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
