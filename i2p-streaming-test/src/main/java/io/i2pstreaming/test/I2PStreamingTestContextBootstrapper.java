package io.i2pstreaming.test;

import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;

/** Reads the properties of {@link I2PStreamingTest}. */
final class I2PStreamingTestContextBootstrapper
    extends TestSliceTestContextBootstrapper<I2PStreamingTest> {}
