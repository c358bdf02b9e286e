package io.i2pstreaming.recipes;

import io.i2pstreaming.spring.I2PListener;
import org.springframework.stereotype.Component;

@Component
class Greetings {
  @I2PListener(id = "greetings", port = "79", framing = "line", maxMessageSize = "1KB")
  String greet(String name) {
    return "hello " + name;
  }
}
