/** HTTP clients over I2P for Spring Framework, without Spring Boot; by Apache HttpClient 5. */
@NullMarked
package io.i2pstreaming.spring.http;

import org.jspecify.annotations.NullMarked;
