package io.i2pstreaming.test.echo;

import io.i2pstreaming.spring.I2PListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.springframework.stereotype.Component;

/** Has a listener method, so the slice includes it. */
@Component
class Echo {
  @I2PListener(port = "7")
  void echo(InputStream in, OutputStream out) throws IOException {
    in.transferTo(out);
  }
}
