package io.i2pstreaming.endpoint;

import static io.i2pstreaming.endpoint.EndpointKit.SECONDS;
import static io.i2pstreaming.endpoint.EndpointKit.receive;
import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.connection.CloseReason;
import io.i2pstreaming.connection.Connection;
import io.i2pstreaming.connection.StreamPorts;
import io.i2pstreaming.endpoint.Outbox.Sent;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.DestinationKeys;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Properties;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A11 peers and destinations with offline keys")
class OfflineKeysTest {
  /** When the transient key of the vector ends, in milliseconds since 1970. */
  private static final long EXPIRES = 4_000_000_000_000L;

  private final DestinationKeys offline = offlineKeys();
  private final Party us = new Party();
  private final StreamingEndpoint endpoint = EndpointKit.endpoint(us.keys, 1);
  private final Outbox outbox = new Outbox();
  private final App app = new App();

  private static DestinationKeys offlineKeys() {
    String file = "/io/i2pstreaming/identity/keyfiles.properties";
    try (InputStream in = OfflineKeysTest.class.getResourceAsStream(file)) {
      Properties vectors = new Properties();
      vectors.load(in);
      return DestinationKeys.parse(HexFormat.of().parseHex(vectors.getProperty("offline")));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void listen() {
    endpoint.listen(
        80,
        new StreamAcceptor() {
          @Override
          public StreamPorts accept(Destination peer, int localPort, int remotePort) {
            return app.ports();
          }

          @Override
          public void accepted(StreamPorts ports, Connection connection) {
            app.connection = connection;
          }
        });
  }

  private Party peer() {
    return new Party(offline);
  }

  @Test
  void areBelievedUntilTheyExpire() {
    listen();
    endpoint.onClock(0, EXPIRES - 1000);
    receive(endpoint, 0, peer().syn(us.destination(), 7));
    assertThat(endpoint.connections()).hasSize(1);
    receive(endpoint, SECONDS, peer().syn(us.destination(), 8));
    assertThat(endpoint.connections()).hasSize(1);
    assertThat(endpoint.stats().badSignature()).isEqualTo(1);
  }

  @Test
  void areNotBelievedBeforeAnyoneToldTheTime() {
    listen();
    receive(endpoint, 0, peer().syn(us.destination(), 7));
    assertThat(endpoint.connections()).isEmpty();
    assertThat(endpoint.stats().badSignature()).isEqualTo(1);
  }

  @Test
  void mustBeVouchedForByTheirDestination() {
    listen();
    endpoint.onClock(0, EXPIRES - 1000);
    byte[] syn = peer().syn(us.destination(), 7);
    int blockAt = 22 + 32 + offline.destination().length() + 2;
    for (int at : new int[] {blockAt + 3, blockAt + 10, blockAt + 60}) {
      byte[] forged = syn.clone();
      forged[at] ^= 1;
      receive(endpoint, 0, forged);
    }
    assertThat(endpoint.connections()).isEmpty();
    assertThat(endpoint.stats().badSignature() + endpoint.stats().malformed()).isEqualTo(3);
  }

  @Test
  void signTheRestOfTheStreamWithoutComingAgain() {
    listen();
    endpoint.onClock(0, EXPIRES - 1000);
    receive(endpoint, 0, peer().syn(us.destination(), 7));
    int ours = app.connection.receiveStreamId();
    receive(endpoint, 0, peer().reset(ours, 7));
    assertThat(app.closed).isEqualTo(CloseReason.RESET_BY_PEER);
  }

  @Test
  void ofOurOwnOpenStreamsThatThePeerVerifies() {
    StreamingEndpoint signing = EndpointKit.endpoint(offline, 2);
    listen();
    endpoint.onClock(0, EXPIRES - 1000);
    signing.onClock(0, EXPIRES - 1000);
    App dialler = new App();
    dialler.connection = EndpointKit.dial(signing, 0, us.destination(), 1, 80, dialler.ports());
    for (Sent sent : outbox.drain(signing, 0)) {
      assertThat(sent.view().offlineLength()).isPositive();
      endpoint.onDatagram(0, sent.fromPort, sent.toPort, sent.bytes, 0, sent.bytes.length);
    }
    assertThat(endpoint.connections()).hasSize(1);
  }

  @Test
  void ofOurOwnSignNothingAfterTheirEnd() {
    StreamingEndpoint signing = EndpointKit.endpoint(offline, 2);
    signing.onClock(0, EXPIRES);
    receive(signing, 0, us.ping(5));
    receive(signing, 0, us.syn(offline.destination(), 6));
    App dialler = new App();
    dialler.connection = EndpointKit.dial(signing, 0, us.destination(), 1, 80, dialler.ports());
    assertThat(outbox.drain(signing, 0)).isEmpty();
    assertThat(dialler.closed).isEqualTo(CloseReason.EXHAUSTED);
  }
}
