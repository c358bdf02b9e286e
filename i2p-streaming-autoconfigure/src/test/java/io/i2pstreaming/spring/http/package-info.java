/** Tests of HTTP over I2P without Spring Boot. */
@NullMarked
package io.i2pstreaming.spring.http;

import org.jspecify.annotations.NullMarked;
