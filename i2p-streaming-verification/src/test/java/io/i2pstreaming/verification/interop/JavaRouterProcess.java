package io.i2pstreaming.verification.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import net.i2p.client.I2PSession;
import net.i2p.router.Router;

/** A real Java router 2.7.0. Two clients of one router talk directly, without tunnels. */
final class JavaRouterProcess extends RouterProcess {
  private JavaRouterProcess() throws IOException {
    super("java-router");
  }

  static JavaRouterProcess started() throws IOException {
    JavaRouterProcess router = new JavaRouterProcess();
    router.start();
    return router;
  }

  @Override
  ChildProcess launch() throws IOException {
    return ChildProcess.startJava(
        folder,
        JavaRouterMain.class,
        List.of(I2PSession.class, Router.class),
        List.of(folder.toString(), Integer.toString(port)));
  }

  /** A fresh file of this name makes a router believe that another one runs in its folder. */
  @Override
  void beforeRestart() throws IOException {
    Files.deleteIfExists(folder.resolve("router.ping"));
  }
}
