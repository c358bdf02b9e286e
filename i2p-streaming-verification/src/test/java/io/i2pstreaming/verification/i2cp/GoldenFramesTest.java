package io.i2pstreaming.verification.i2cp;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.i2cp.GzipPayload;
import io.i2pstreaming.i2cp.MalformedFrameException;
import io.i2pstreaming.i2cp.SessionConfig;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.DestinationKeys;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * What our client sends equals the reference's frames bit for bit; what those say is understood.
 */
@DisplayName("B1 golden I2CP frames")
class GoldenFramesTest {
  private static final long SECOND = 1_000_000_000L;

  /** Makes the X25519 private key of the vectors, 32 bytes of 0x42. */
  private static final RandomGenerator VECTOR_KEY = () -> 0x4242424242424242L;

  @Test
  void getDate() {
    RecordedClient plain = session(Map.of(), Vectors.keys("online"));
    plain.client.onLinkOpen(0);
    assertThat(plain.writes.removeFirst()).containsExactly(0x2a);
    assertThat(plain.writes.removeFirst()).isEqualTo(Vectors.message("GetDate \"0.9.67\""));
    RecordedClient credentials =
        session(Map.of("i2cp.username", "u", "i2cp.password", "pw"), Vectors.keys("online"));
    credentials.client.onLinkOpen(0);
    credentials.writes.removeFirst();
    assertThat(credentials.writes.removeFirst())
        .isEqualTo(Vectors.message("GetDate \"0.9.67\" with auth"));
  }

  @Test
  void createSession() {
    JsonNode vector = Vectors.read("session_config");
    Map<String, String> options = new TreeMap<>();
    vector
        .get("options")
        .properties()
        .forEach(e -> options.put(e.getKey(), e.getValue().asString()));
    RecordedClient session = session(options, Vectors.keys("online"));
    session.client.onLinkOpen(0);
    session.writes.clear();
    session.feed(Vectors.message("SetDate T0"));
    assertThat(session.client.epochMillis(0)).isEqualTo(vector.get("creationMillis").asLong());
    assertThat(session.client.routerVersion()).isEqualTo("0.9.64");
    assertThat(session.writes.removeFirst())
        .isEqualTo(Vectors.hex(vector.get("createSessionMessage")));
  }

  @Test
  void createLeaseSet2() {
    JsonNode vectors = Vectors.read("leaseset2");
    for (int i : new int[] {0, 2}) {
      RecordedClient session = up(Vectors.keys(i == 0 ? "online" : "offline"));
      assertThat(session.writes.removeLast())
          .isEqualTo(Vectors.hex(vectors.get(i).get("createLeaseSet2Message")));
      assertThat(session.events).containsExactly("up");
    }
  }

  @Test
  void messages() {
    RecordedClient session = up(Vectors.keys("online"));
    byte[] text = "hello, i2p".getBytes(StandardCharsets.US_ASCII);
    Destination to = Vectors.destination();
    session.client.send(0, to, 6, 0, 0, text, 0, text.length, true, 7, 60 * SECOND, false);
    byte[] expected = Vectors.message("SendMessageExpires nonce 7");
    // The vector also sets ElGamal tag codes, which are always 0 in ours.
    expected[expected.length - 7] = 0;
    assertThat(session.writes.removeLast()).isEqualTo(expected);

    session.feed(Vectors.message("MessagePayload"));
    assertThat(session.lastPayload).isEqualTo(text);
    session.feed(Vectors.message("MessageStatus id 9 status 21 nonce 7"));
    session.feed(Vectors.message("BandwidthLimits"));
    session.feed(Vectors.message("DestReply fail"));
    assertThat(session.events).containsExactly("up", "payload 6 0 0", "delivery 7 NO_LEASE_SET");
    session.client.close(0);
    assertThat(session.writes.removeLast()).isEqualTo(Vectors.message("DestroySession"));
  }

  @Test
  void lookups() {
    Destination wanted = Vectors.destination();
    RecordedClient session = up(Vectors.keys("online"));
    for (int id = 1; id <= 4; id++) {
      session.client.lookup(0, id, "other" + id + ".i2p", 10 * SECOND);
    }
    session.client.lookup(0, 5, wanted.hash(), 10 * SECOND);
    assertThat(session.writes.removeLast()).isEqualTo(Vectors.message("HostLookup hash req 5"));
    session.client.lookup(0, 6, "other6.i2p", 10 * SECOND);
    session.feed(Vectors.message("HostReply ok"));
    session.feed(Vectors.message("HostReply fail code 1"));
    assertThat(session.events).containsExactly("up", "lookup 5 " + wanted.base32(), "lookup 6 -");
    assertThat(session.client.outstandingLookups()).isEqualTo(4);

    RecordedClient early = session(Map.of(), Vectors.keys("online"));
    early.client.onLinkOpen(0);
    early.feed(Vectors.message("SetDate T0"));
    for (int id = 1; id <= 6; id++) {
      early.client.lookup(0, id, "example.i2p", 10 * SECOND);
    }
    assertThat(early.writes.removeLast())
        .isEqualTo(Vectors.message("HostLookup name example.i2p no session"));
  }

  @Test
  void disconnect() {
    RecordedClient session = up(Vectors.keys("online"));
    session.feed(Vectors.message("Disconnect bye"));
    assertThat(session.events)
        .containsExactly("up", "down: The router ended the session (router: bye).");
  }

  @Test
  void payloads() throws MalformedFrameException {
    GzipPayload gzip = new GzipPayload();
    for (JsonNode vector : Vectors.read("payload")) {
      byte[] raw = Vectors.hex(vector.get("raw"));
      byte[] payload = Vectors.hex(vector.get("payload"));
      gzip.open(payload, 0, payload.length);
      assertThat(
              Arrays.copyOfRange(
                  gzip.data(), gzip.dataOffset(), gzip.dataOffset() + gzip.dataLength()))
          .isEqualTo(raw);
      assertThat(gzip.fromPort()).isEqualTo(vector.get("fromPort").asInt());
      assertThat(gzip.toPort()).isEqualTo(vector.get("toPort").asInt());
      assertThat(gzip.protocol()).isEqualTo(vector.get("protocol").asInt());
      byte[] target = new byte[raw.length + GzipPayload.STORED_OVERHEAD];
      boolean stored = vector.get("name").asString().endsWith("stored");
      int length =
          gzip.seal(
              target,
              0,
              gzip.fromPort(),
              gzip.toPort(),
              gzip.protocol(),
              raw,
              0,
              raw.length,
              !stored);
      if (stored) {
        assertThat(Arrays.copyOf(target, length)).isEqualTo(payload);
      } else {
        // Deflated bytes depend on the zlib at hand; their size and content must not.
        assertThat(length).isLessThan(raw.length);
        gzip.open(target, 0, length);
        assertThat(gzip.dataLength()).isEqualTo(raw.length);
      }
    }
  }

  private static RecordedClient session(Map<String, String> options, DestinationKeys keys) {
    return new RecordedClient(new SessionConfig(options, false), keys, VECTOR_KEY);
  }

  private static RecordedClient up(DestinationKeys keys) {
    RecordedClient session = session(Map.of(), keys);
    session.client.onLinkOpen(0);
    session.feed(Vectors.message("SetDate T0"));
    session.feed(Vectors.message("SessionStatus 0x1234 created"));
    session.feed(Vectors.message("RequestVariableLeaseSet 2 leases"));
    return session;
  }
}
