package io.i2pstreaming.bare;

import io.i2pstreaming.spring.I2PListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Serves echo on I2P port 7, and is all that such an application needs. */
@SpringBootApplication
public class BareApplication {
  public static void main(String[] args) {
    SpringApplication.run(BareApplication.class, args);
  }

  /** Sends back what it gets, until the peer closes. */
  @I2PListener(port = "7")
  void echo(InputStream in, OutputStream out) throws IOException {
    in.transferTo(out);
  }
}
