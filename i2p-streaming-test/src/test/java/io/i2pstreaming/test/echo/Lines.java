package io.i2pstreaming.test.echo;

import io.i2pstreaming.spring.I2PListener;
import org.springframework.stereotype.Component;

/** Answers line by line, and resets the stream of who says something else. */
@Component
class Lines {
  @I2PListener(port = "8", framing = "line")
  String answer(String line) {
    if (!line.equals("ping")) {
      throw new IllegalArgumentException("only pings");
    }
    return "pong";
  }
}
