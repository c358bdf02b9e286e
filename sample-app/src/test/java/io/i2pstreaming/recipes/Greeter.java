package io.i2pstreaming.recipes;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.spring.I2PStreamTemplate;
import java.io.IOException;
import org.springframework.stereotype.Component;

@Component
class Greeter {
  private final I2PStreamTemplate i2p;

  Greeter(I2PStreamTemplate i2p) {
    this.i2p = i2p;
  }

  String greet(String address, String name) throws IOException {
    return i2p.sendAndReceiveLine(I2PAddress.parse(address, 79), name);
  }
}
