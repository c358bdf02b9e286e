/** What somebody writes who uses the starter for the first time, as one package. */
@NullMarked
package io.i2pstreaming.verification.newcomer;

import org.jspecify.annotations.NullMarked;
