package io.i2pstreaming.verification.interop;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import net.i2p.router.Router;
import net.i2p.router.util.RouterPasswordManager;

/**
 * The Java router in a process of its own, without a network: it serves I2CP on loopback and
 * connects its own clients with each other. Ends when its standard input does.
 */
final class JavaRouterMain {
  private JavaRouterMain() {}

  /** Arguments: the folder, the I2CP port and, for TLS and a login, user name and password. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    Path hosts = folder.resolve("hosts.txt");
    if (Files.notExists(hosts)) {
      Files.createFile(hosts);
    }
    Properties properties = new Properties();
    properties.setProperty("i2p.dir.base", folder.toString());
    properties.setProperty("i2p.dir.config", folder.toString());
    properties.setProperty("i2p.dir.temp", folder.resolve("tmp").toString());
    properties.setProperty("router.configLocation", folder.resolve("router.config").toString());
    properties.setProperty("i2cp.port", args[1]);
    properties.setProperty("i2cp.hostname", "127.0.0.1");
    properties.setProperty("i2np.ntcp.enable", "false");
    properties.setProperty("i2np.udp.enable", "false");
    properties.setProperty("i2np.upnp.enable", "false");
    properties.setProperty("router.reseedDisable", "true");
    properties.setProperty("time.disabled", "true");
    properties.setProperty("router.networkID", "99");
    if (args.length > 2) {
      properties.setProperty("i2cp.SSL", "true");
      properties.setProperty("i2cp.auth", "true");
    }
    Router router = new Router(properties);
    if (args.length > 2) {
      new RouterPasswordManager(router.getContext()).saveHash("i2cp.auth", args[2], args[3]);
    }
    router.setKillVMOnEnd(false);
    router.runRouter();
    System.in.transferTo(OutputStream.nullOutputStream());
    router.shutdown(Router.EXIT_HARD);
    Runtime.getRuntime().halt(0);
  }
}
