package io.i2pstreaming.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.i2cp.MessageType;
import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.identity.SigningKeyType;
import io.i2pstreaming.link.RouterAddress;
import io.i2pstreaming.link.TcpRouterAddress;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C1 in-process carries the same frames as TCP")
class LinkComparisonTest {
  private static final long EPOCH = 1_700_000_000_000L;

  private final DestinationKeys alicesKeys = newKeys();
  private final DestinationKeys bobsKeys = newKeys();
  private final DestinationKeys nobody = newKeys();

  @Test
  void everyFrameIsTheSameBothWays() throws IOException {
    List<String> inProcess;
    List<String> tcp;
    try (EmbeddedRouter router = standingStill().build()) {
      router.start();
      inProcess = script(router);
    }
    try (EmbeddedRouter router = standingStill().port(0).build()) {
      router.start();
      tcp = script(new TcpRouterAddress("127.0.0.1", router.port()));
    }
    assertThat(inProcess).hasSizeGreaterThan(150).hasSameSizeAs(tcp);
    for (int i = 0; i < inProcess.size(); i++) {
      assertThat(inProcess.get(i)).as("frame %d", i).isEqualTo(tcp.get(i));
    }
  }

  /** A router whose clocks do not move: dates are equal, and the perfect network needs no time. */
  private static EmbeddedRouter.Builder standingStill() {
    return EmbeddedRouter.builder().seed(77).clocks(() -> 0, () -> EPOCH);
  }

  private List<String> script(RouterAddress address) throws IOException {
    List<String> frames = new ArrayList<>();
    try (LinkedClient bob = new LinkedClient(address.newLink(), bobsKeys);
        LinkedClient alice = new LinkedClient(address.newLink(), alicesKeys)) {
      bob.up();
      alice.up();
      alice.i2cp.lookup(0, 1, bobsKeys.destination().base32(), 1_000_000_000);
      alice.await(() -> alice.found != null);
      // One after the other: between two clients the order is the scheduler's.
      for (int i = 1; i <= 50; i++) {
        alice.message(bobsKeys.destination(), new byte[i * 37], i % 3 == 0 ? i : 0);
      }
      bob.await(() -> bob.payloads == 50);
      alice.await(() -> alice.events.contains("48 GUARANTEED_SUCCESS"));
      for (int i = 1; i <= 50; i++) {
        bob.message(alicesKeys.destination(), new byte[i * 41], 0);
      }
      alice.await(() -> alice.payloads == 50);
      alice.message(nobody.destination(), new byte[9], 99);
      alice.await(() -> alice.events.contains("99 NO_LEASE_SET"));

      ScriptedClient raw = new ScriptedClient(alicesKeys);
      say(alice, raw.frame(MessageType.GET_BANDWIDTH_LIMITS, new byte[0]));
      say(alice, raw.createSession(Map.of(), EPOCH));
      say(alice, raw.frame(99, new byte[3]));
      alice.awaitLinkClosed();
      bob.i2cp.close(0);
      bob.awaitLinkClosed();
      frames.addAll(alice.sentFrames);
      frames.addAll(alice.receivedFrames);
      frames.addAll(bob.sentFrames);
      frames.addAll(bob.receivedFrames);
      assertThat(frames.get(frames.size() - 1)).startsWith("31:");
      assertThat(alice.receivedFrames.get(alice.receivedFrames.size() - 1)).startsWith("30:");
    }
    return frames;
  }

  private static void say(LinkedClient client, byte[] frame) {
    client.send(frame, 0, frame.length);
  }

  private static DestinationKeys newKeys() {
    return DestinationKeys.generate(SigningKeyType.EDDSA_SHA512_ED25519, new SecureRandom());
  }
}
