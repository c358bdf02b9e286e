package io.i2pstreaming.recipes;

import io.i2pstreaming.StreamManager;
import io.i2pstreaming.endpoint.AccessList;
import org.springframework.stereotype.Component;

@Component
class Doorkeeper {
  private final StreamManager i2p;

  Doorkeeper(StreamManager i2p) {
    this.i2p = i2p;
  }

  void admitOnly(String addresses) {
    i2p.accessList(AccessList.allow(addresses));
  }

  void admitEverybody() {
    i2p.accessList(AccessList.OFF);
  }
}
