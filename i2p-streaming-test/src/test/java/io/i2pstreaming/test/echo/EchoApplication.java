package io.i2pstreaming.test.echo;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** What the slice is tried on. */
@SpringBootApplication
class EchoApplication {}
