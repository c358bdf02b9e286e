package io.i2pstreaming.autoconfigure.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A certificate for a web server, made by the JDK's own tool. */
final class TestCertificate {
  private static final String PASSWORD = "password";

  private TestCertificate() {}

  /** Arguments of an application whose web server speaks TLS. */
  static String[] arguments() throws IOException, InterruptedException {
    Path file = Files.createTempDirectory("site-tls-").resolve("server.p12");
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "server",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=example.org",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    PASSWORD,
                    "-keystore",
                    file.toString()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!keytool.waitFor(3, TimeUnit.MINUTES) || keytool.exitValue() != 0) {
      throw new IOException("keytool failed");
    }
    file.toFile().deleteOnExit();
    file.getParent().toFile().deleteOnExit();
    return new String[] {
      "--server.ssl.key-store=" + file, "--server.ssl.key-store-password=" + PASSWORD
    };
  }
}
