package io.i2pstreaming.verification.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.SessionState;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamManagerListener;
import io.i2pstreaming.StreamingException;
import io.i2pstreaming.embedded.EmbeddedRouter;
import io.i2pstreaming.identity.DestinationKeys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import net.i2p.client.I2PClientFactory;
import net.i2p.crypto.SigType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("interop")
@DisplayName("B4 our streams over the reference's own session")
class ReferenceSessionTest {
  private static final Duration DEADLINE = Duration.ofMinutes(3);
  private static final long BYTES = 1 << 20;

  @BeforeAll
  static void keepTheReferenceOutOfTheWorkingDirectory() throws IOException {
    // Not a folder of the test: the reference goes on writing its log when the test is over.
    Path folder = ChildProcess.newFolder("reference-session");
    for (String property : new String[] {"i2p.dir.base", "i2p.dir.config"}) {
      if (System.getProperty(property) == null) {
        System.setProperty(property, folder.toString());
      }
    }
  }

  @Test
  void exchangeBytesWithAReferencePeer() throws Exception {
    ByteArrayOutputStream keyFile = new ByteArrayOutputStream();
    I2PClientFactory.createClient().createDestination(keyFile, SigType.EdDSA_SHA512_Ed25519);
    try (EmbeddedRouter router = EmbeddedRouter.builder().port(0).build()) {
      router.start();
      ReferenceSession lent = new ReferenceSession(router.port(), keyFile.toByteArray());
      StreamManager manager =
          StreamManager.builder()
              .name("lent")
              .session(lent)
              .keys(DestinationKeys.parse(keyFile.toByteArray()))
              .build();
      try (OurPeer ours = OurPeer.over(manager);
          RemotePeer reference = RemotePeer.start(router.port())) {
        for (Peer peer : new Peer[] {ours, reference}) {
          peer.serve(7, Service.ECHO);
          peer.serve(8, Service.SINK);
        }
        transfer(ours, reference);
        transfer(reference, ours);
        assertThat(ours.ping(reference.destination(), 7, DEADLINE)).isGreaterThanOrEqualTo(0);
        String b32 = I2PAddress.parse(reference.destination(), 0).destination().base32();
        assertThat(manager.lookup(b32).get(1, TimeUnit.MINUTES).base64())
            .isEqualTo(reference.destination());
        assertThatThrownBy(() -> manager.lookup("nobody.i2p").get(1, TimeUnit.MINUTES))
            .isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(StreamingException.Unreachable.class);

        CountDownLatch failed = new CountDownLatch(1);
        manager.addListener(
            new StreamManagerListener() {
              @Override
              public void sessionChanged(SessionState state) {
                if (state.phase() == SessionState.Phase.FAILED) {
                  failed.countDown();
                }
              }
            });
        lent.destroy();
        assertThat(failed.await(1, TimeUnit.MINUTES)).isTrue();
        Report after = ours.dial(Exchange.ECHO, reference.destination(), 7, 1, 1, DEADLINE);
        assertThat(after.failure()).contains("the application's session has ended");
      }
      assertThat(lent.closed).isTrue();
    }
  }

  private static void transfer(Peer from, Peer to) {
    Report echo = from.dial(Exchange.ECHO, to.destination(), 7, BYTES, 1, DEADLINE);
    assertThat(echo.failure()).isEmpty();
    assertThat(echo.received()).isEqualTo(BYTES);
    assertThat(echo.receivedSha256()).isEqualTo(echo.sentSha256());
    Report up = from.dial(Exchange.UP, to.destination(), 8, BYTES, 2, DEADLINE);
    Report sink = to.served(8, DEADLINE);
    assertThat(up.failure()).isEmpty();
    assertThat(sink.receivedSha256()).isEqualTo(up.sentSha256());
  }
}
