/**
 * An I2P site: an HTTP/1.1 gateway between streams of I2P and the application's own web server, and
 * the filters that let the application believe what the gateway says of its callers. Needs Spring,
 * not Spring Boot.
 */
@NullMarked
package io.i2pstreaming.spring.site;

import org.jspecify.annotations.NullMarked;
