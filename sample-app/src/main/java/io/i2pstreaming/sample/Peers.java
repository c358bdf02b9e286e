package io.i2pstreaming.sample;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamManager;
import java.io.IOException;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Finds, dials and pings whom a request names. */
@Component
class Peers {
  /** Without any progress for this long, the peer is given up. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private final StreamManager serving;
  private final StreamManager dialer;

  Peers(StreamManager serving, @Dialer StreamManager dialer) {
    this.serving = serving;
    this.dialer = dialer;
  }

  /** {@code self}, a Base64 destination, a base32 address or a host name. */
  I2PAddress address(String to, int port) {
    if (port < 0 || port > 65535) {
      throw new RefusedRequestException("The port is a number from 0 to 65535, not " + port + ".");
    }
    if (to.strip().equals("self")) {
      return I2PAddress.of(serving.destination(), port);
    }
    try {
      return I2PAddress.parse(to, port);
    } catch (IllegalArgumentException e) {
      throw new RefusedRequestException("The address in 'to' cannot be used: " + e.getMessage(), e);
    }
  }

  boolean isSelf(I2PAddress address) {
    return address.name().equals(serving.destination().base32());
  }

  /** A stream on which reads and writes give up after {@link #PATIENCE}. */
  I2PSocket dial(I2PAddress address) throws IOException {
    I2PSocket socket = dialer.connect(address);
    socket.setSoTimeout((int) PATIENCE.toMillis());
    socket.setWriteTimeout(PATIENCE);
    return socket;
  }

  Duration ping(I2PAddress address) throws IOException {
    return dialer.ping(address, Duration.ofSeconds(30));
  }
}
