package io.i2pstreaming.verification.newcomer;

import io.i2pstreaming.spring.I2PListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class EchoApplication {
  public static void main(String[] args) {
    SpringApplication.run(EchoApplication.class, args);
  }

  @I2PListener(port = "7")
  void echo(InputStream in, OutputStream out) throws IOException {
    in.transferTo(out);
  }
}
