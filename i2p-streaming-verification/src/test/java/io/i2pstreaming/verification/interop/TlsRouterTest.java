package io.i2pstreaming.verification.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PServerSocket;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamManagerBuilder;
import io.i2pstreaming.StreamingException;
import io.i2pstreaming.link.RouterAddress;
import io.i2pstreaming.link.TcpRouterAddress;
import io.i2pstreaming.link.TlsRouterAddress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real Java router with {@code i2cp.SSL=true} and {@code i2cp.auth=true}. */
@Tag("interop")
@DisplayName("B1 B3 TLS and login at a real Java router")
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class TlsRouterTest {
  private static final String USER = "alice";
  private static final String PASSWORD = "correct horse";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static JavaRouterProcess router;
  private static RouterAddress address;

  @BeforeAll
  static void start() throws Exception {
    router = JavaRouterProcess.startedWithTlsAndLogin(USER, PASSWORD);
    address = new TlsRouterAddress("127.0.0.1", router.port, trusting(router.certificate()));
  }

  @AfterAll
  static void stop() {
    if (router != null) {
      router.close();
    }
  }

  @Test
  void carriesStreamsForThoseWhoTrustItAndKnowThePassword() throws Exception {
    try (StreamManager server = up(builder().router(address).credentials(USER, PASSWORD));
        StreamManager client = up(builder().router(address).credentials(USER, PASSWORD));
        I2PServerSocket listener = server.listen(7)) {
      I2PAddress target = I2PAddress.of(server.destination(), 7);
      byte[] sent = new byte[200_000];
      new java.util.Random(5).nextBytes(sent);
      try (I2PSocket dialled = client.connect(target);
          I2PSocket accepted = listener.accept()) {
        dialled.getOutputStream().write(sent);
        dialled.shutdownOutput();
        assertThat(accepted.getInputStream().readNBytes(sent.length)).isEqualTo(sent);
      }
    }
  }

  @Test
  void refusesAWrongPasswordForGood() throws Exception {
    for (StreamManagerBuilder builder :
        List.of(builder(), builder().credentials(USER, "battery staple"))) {
      try (StreamManager manager = builder.router(address).build()) {
        manager.start();
        assertThatThrownBy(() -> manager.awaitUp(PATIENCE))
            .isInstanceOf(StreamingException.RouterLost.class)
            .hasMessageContaining("user name and a password")
            .hasMessageNotContaining(USER);
      }
    }
  }

  @Test
  void isNotTrustedWithoutItsCertificate() throws Exception {
    RouterAddress stranger =
        new TlsRouterAddress("127.0.0.1", router.port, SSLContext.getDefault());
    try (StreamManager manager = builder().router(stranger).credentials(USER, PASSWORD).build()) {
      manager.start();
      assertThat(awaitDetail(manager, "TLS handshake failed")).contains("certificates/i2cp");
    }
  }

  @Test
  void saysThatItMayWantTlsToThoseWhoComeWithoutIt() throws Exception {
    try (StreamManager manager =
        builder().router(new TcpRouterAddress("127.0.0.1", router.port)).build()) {
      manager.start();
      try {
        assertThat(manager.awaitUp(Duration.ofSeconds(2))).isFalse();
        awaitDetail(manager, "TLS");
      } catch (StreamingException.RouterLost e) {
        assertThat(e).hasMessageContaining("TLS");
      }
    }
  }

  @Test
  void takesOverWhenTheFirstRouterRefusesOrIsNotThere() throws Exception {
    RouterAddress nobody = new TcpRouterAddress("127.0.0.1", ChildProcess.freePort());
    RouterAddress plain = new TcpRouterAddress("127.0.0.1", router.port);
    try (StreamManager manager =
        up(builder().routers(List.of(nobody, plain, address)).credentials(USER, PASSWORD))) {
      assertThat(manager.state().routerVersion()).isNotBlank();
    }
  }

  private static StreamManagerBuilder builder() {
    Map<String, String> options = new LinkedHashMap<>();
    for (String option : RemotePeer.LOCAL_OPTIONS) {
      int equals = option.indexOf('=');
      options.put(option.substring(0, equals), option.substring(equals + 1));
    }
    return StreamManager.builder().sessionOptions(options);
  }

  private static StreamManager up(StreamManagerBuilder builder) throws Exception {
    StreamManager manager = builder.build();
    manager.start();
    if (!manager.awaitUp(PATIENCE)) {
      String state = manager.state().toString();
      manager.close();
      throw new IOException("no session: " + state);
    }
    return manager;
  }

  /** The detail with this text; the next attempt may change it at once. */
  private static String awaitDetail(StreamManager manager, String text) {
    long start = System.nanoTime();
    String detail = manager.state().detail();
    while (!detail.contains(text)) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new AssertionError("no '" + text + "' in " + manager.state());
      }
      java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
      detail = manager.state().detail();
    }
    return detail;
  }

  private static SSLContext trusting(Path certificate) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream in = Files.newInputStream(certificate)) {
      store.setCertificateEntry(
          "router", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
