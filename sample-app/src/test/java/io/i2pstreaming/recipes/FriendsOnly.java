package io.i2pstreaming.recipes;

import io.i2pstreaming.spring.I2PListener;

class FriendsOnly {
  @I2PListener(
      port = "17",
      framing = "line",
      accessList = "${friends}",
      limits = "maxConnsPerMinute=60")
  String tell(String question) {
    return "only for friends";
  }
}
