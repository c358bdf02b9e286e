/**
 * Spring Framework support, without Spring Boot: listener methods and the life of stream managers.
 */
@NullMarked
package io.i2pstreaming.spring;

import org.jspecify.annotations.NullMarked;
