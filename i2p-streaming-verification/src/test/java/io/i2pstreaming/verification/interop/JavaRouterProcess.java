package io.i2pstreaming.verification.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.i2p.client.I2PSession;
import net.i2p.router.Router;

/** A real Java router 2.7.0. Two clients of one router talk directly, without tunnels. */
final class JavaRouterProcess extends RouterProcess {
  private final List<String> login;

  private JavaRouterProcess(List<String> login) throws IOException {
    super("java-router");
    this.login = login;
  }

  static JavaRouterProcess started() throws IOException {
    return started(List.of());
  }

  /** One that speaks I2CP over TLS only, and only with those who know user name and password. */
  static JavaRouterProcess startedWithTlsAndLogin(String userName, String password)
      throws IOException {
    return started(List.of(userName, password));
  }

  private static JavaRouterProcess started(List<String> login) throws IOException {
    JavaRouterProcess router = new JavaRouterProcess(login);
    router.start();
    return router;
  }

  /** The certificate that the router made for itself. */
  Path certificate() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("certificates").resolve("i2cp"))) {
      return files.findFirst().orElseThrow();
    }
  }

  @Override
  ChildProcess launch() throws IOException {
    return ChildProcess.startJava(
        folder,
        JavaRouterMain.class,
        false,
        List.of(I2PSession.class, Router.class),
        Stream.concat(Stream.of(folder.toString(), Integer.toString(port)), login.stream())
            .toList());
  }

  /** A fresh file of this name makes a router believe that another one runs in its folder. */
  @Override
  void beforeRestart() throws IOException {
    Files.deleteIfExists(folder.resolve("router.ping"));
  }
}
