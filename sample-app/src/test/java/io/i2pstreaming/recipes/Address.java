package io.i2pstreaming.recipes;

import io.i2pstreaming.StreamManager;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

@Component
class Address {
  private final StreamManager i2p;

  Address(StreamManager i2p) {
    this.i2p = i2p;
  }

  @EventListener(ApplicationReadyEvent.class)
  void print() {
    System.out.println(i2p.destination().base32());
  }
}
