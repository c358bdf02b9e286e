package io.i2pstreaming.autoconfigure.site;

import io.i2pstreaming.spring.I2PConfigurationException;
import io.i2pstreaming.spring.site.Origin;
import io.i2pstreaming.spring.site.SiteGateway;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Joins the gateway to the web server of the application's own context, and to no other: a
 * management server stays private. Opens the site when everything else has started and closes it
 * first; the web server's own graceful shutdown follows.
 */
public final class SitePublication implements SmartLifecycle, DisposableBean {
  /** Behind the web server and the listeners when starting, before them when stopping. */
  public static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 90;

  private static final Logger log = LoggerFactory.getLogger(SitePublication.class);

  private final ApplicationContext context;
  private final ServerProperties server;
  private final SiteGateway gateway;
  private final boolean logAddress;

  SitePublication(
      ApplicationContext context,
      ServerProperties server,
      SiteGateway gateway,
      boolean logAddress) {
    this.context = context;
    this.server = server;
    this.gateway = gateway;
    this.logAddress = logAddress;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }

  @Override
  public boolean isRunning() {
    return gateway.isRunning();
  }

  @Override
  public void start() {
    WebServer webServer = webServer();
    if (webServer == null) {
      log.info("No web server runs in this application context: there is no I2P site");
      return;
    }
    if (webServer.getPort() <= 0) {
      throw new I2PConfigurationException(
          "'i2p.http.publish' is true, but the application's web server listens on no port.",
          "Set 'server.port' to a port, or to 0 for any free one; with 'server.address=127.0.0.1' it"
              + " can be reached over I2P only.");
    }
    Origin origin =
        Origin.of(server.getAddress(), webServer.getPort(), Ssl.isEnabled(server.getSsl()));
    int port = gateway.settings().port();
    try {
      gateway.start(origin);
    } catch (IOException e) {
      throw new I2PConfigurationException(
          "The I2P site cannot listen on I2P port "
              + port
              + " of stream manager '"
              + gateway.manager().name()
              + "': "
              + e.getMessage()
              + ".",
          "Give the site or the listener another port: 'i2p.http.port'.",
          e);
    }
    log.info(
        "I2P site published: port {} of stream manager '{}' leads to the web server on port {}",
        port,
        gateway.manager().name(),
        origin.port());
    String address = "http://" + gateway.manager().destination().base32() + "/";
    if (logAddress) {
      log.info("The address of the I2P site is {}", address);
    } else {
      log.debug("The address of the I2P site is {}", address);
    }
  }

  private @Nullable WebServer webServer() {
    return context instanceof WebServerApplicationContext web ? web.getWebServer() : null;
  }

  @Override
  public void stop() {
    gateway.stop(() -> {});
  }

  @Override
  public void stop(Runnable callback) {
    if (server.getShutdown() == Shutdown.IMMEDIATE) {
      gateway.stopNow();
      callback.run();
    } else {
      gateway.stop(callback);
    }
  }

  @Override
  public void destroy() {
    gateway.stopNow();
  }
}
