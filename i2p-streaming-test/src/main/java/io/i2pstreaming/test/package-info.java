/**
 * For the tests of applications: a network in memory with seeded faults, a Spring Boot test slice,
 * AssertJ assertions. Nothing here belongs on the class path of a running application.
 */
@NullMarked
package io.i2pstreaming.test;

import org.jspecify.annotations.NullMarked;
