package io.i2pstreaming.recipes;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
class Hello {
  @GetMapping("/hello")
  String hello(@RequestHeader("X-I2P-DestB32") String caller) {
    return "hello " + caller;
  }
}
