/**
 * A house that breaks every rule once. {@code ArchitectureTest} expects each class here to be
 * caught.
 */
@NullMarked
package io.i2pstreaming.verification.architecture.broken;

import org.jspecify.annotations.NullMarked;
