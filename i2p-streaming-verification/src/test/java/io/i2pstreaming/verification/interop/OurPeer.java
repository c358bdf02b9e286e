package io.i2pstreaming.verification.interop;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PServerSocket;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamingOptions;
import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.identity.SigningKeyType;
import io.i2pstreaming.link.RouterAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The library under test as a peer, by its public interface alone. */
final class OurPeer extends LocalPeer {
  private static final Duration UP_DEADLINE = Duration.ofMinutes(3);
  private static final Duration PING_WAIT = Duration.ofSeconds(2);

  private final StreamManager manager;

  private OurPeer(StreamManager manager) {
    this.manager = manager;
  }

  /** Opens a session with new keys and waits for it. */
  static OurPeer start(RouterAddress router, List<String> moreOptions) throws Exception {
    return start(router, moreOptions, newKeys());
  }

  private static DestinationKeys newKeys() {
    return DestinationKeys.generate(SigningKeyType.EDDSA_SHA512_ED25519, new SecureRandom());
  }

  /** Opens a session and waits for it; options are {@code name=value}. */
  static OurPeer start(RouterAddress router, List<String> moreOptions, DestinationKeys keys)
      throws Exception {
    return up(begin(router, moreOptions, keys));
  }

  /**
   * Opens a session with new keys and leaves it to {@link #awaitUp} to wait for it: i2pd makes
   * tunnels every ten seconds, for all who came by then.
   */
  static OurPeer begin(RouterAddress router, List<String> moreOptions) throws Exception {
    return begin(router, moreOptions, newKeys());
  }

  /** The same with these keys. */
  static OurPeer begin(RouterAddress router, List<String> moreOptions, DestinationKeys keys)
      throws Exception {
    Map<String, String> options = new LinkedHashMap<>();
    for (List<String> some : List.of(RemotePeer.LOCAL_OPTIONS, moreOptions)) {
      for (String option : some) {
        int equals = option.indexOf('=');
        options.put(option.substring(0, equals), option.substring(equals + 1));
      }
    }
    StreamManager manager =
        StreamManager.builder()
            .name("interop")
            .router(router)
            .keys(keys)
            .sessionOptions(options)
            .build();
    manager.start();
    return new OurPeer(manager);
  }

  /** Starts this manager and waits for its session. */
  static OurPeer over(StreamManager manager) throws Exception {
    manager.start();
    return up(new OurPeer(manager));
  }

  private static OurPeer up(OurPeer peer) throws IOException, InterruptedException {
    try {
      peer.awaitUp();
    } catch (IOException e) {
      peer.close();
      throw e;
    }
    return peer;
  }

  /** Waits for the session. */
  void awaitUp() throws IOException, InterruptedException {
    if (!manager.awaitUp(UP_DEADLINE)) {
      throw new IOException("no session: " + manager.state());
    }
  }

  /**
   * Waits until another destination on the same router answers a ping: a router that has just begun
   * takes its time until it finds the lease sets of its own clients.
   */
  void awaitPong(Peer other) {
    awaitPong(other.destination());
  }

  /** The same for a destination in I2P Base64. */
  void awaitPong(String other) {
    long startNanos = System.nanoTime();
    while (ping(other, 0, PING_WAIT) < 0) {
      if (System.nanoTime() - startNanos > UP_DEADLINE.toNanos()) {
        throw new IllegalStateException("a destination on the same router never answered");
      }
    }
  }

  StreamManager manager() {
    return manager;
  }

  @Override
  public String destination() {
    return manager.destination().base64();
  }

  @Override
  public void serve(int port, Service service) {
    try {
      I2PServerSocket server = manager.listen(port);
      execute(() -> acceptAll(server, port, service));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void acceptAll(I2PServerSocket server, int port, Service service) {
    while (!server.isClosed()) {
      try {
        accepted(new SocketStream(server.accept()), port, service);
      } catch (IOException e) {
        if (!server.isClosed()) {
          System.err.println("accept on port " + port + ": " + e);
        }
      }
    }
  }

  @Override
  PeerStream open(String destination, int port, Duration timeout) throws IOException {
    StreamingOptions options =
        manager.options().toBuilder().set("connectTimeout", timeout.toMillis() + "ms").build();
    return new SocketStream(manager.connect(I2PAddress.parse(destination, port), options));
  }

  @Override
  public long ping(String destination, int port, Duration timeout) {
    try {
      return manager.ping(I2PAddress.parse(destination, port), timeout).toMillis();
    } catch (IOException e) {
      System.err.println("ping: " + e);
      return -1;
    }
  }

  @Override
  public void close() {
    manager.close();
    super.close();
  }
}
