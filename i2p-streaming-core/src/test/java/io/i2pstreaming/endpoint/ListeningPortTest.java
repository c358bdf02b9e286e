package io.i2pstreaming.endpoint;

import static io.i2pstreaming.endpoint.EndpointKit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.connection.CloseReason;
import io.i2pstreaming.connection.Connection;
import io.i2pstreaming.connection.PacketKind;
import io.i2pstreaming.connection.StreamPorts;
import io.i2pstreaming.endpoint.Outbox.Sent;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.wire.PacketFlags;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A12 A13 lists and limits of one listening port")
class ListeningPortTest {
  private static final int RULED = 80;
  private static final int OPEN = 81;

  private final Party us = new Party();
  private final Party peer = new Party();
  private final Party neighbour = new Party();
  private final Outbox outbox = new Outbox();
  private final Accepting ruled = new Accepting();
  private final Accepting open = new Accepting();
  private int lastId = 100;

  private static final class Accepting implements StreamAcceptor {
    final List<App> apps = new ArrayList<>();
    AdmissionRules rules = AdmissionRules.NONE;

    @Override
    public AdmissionRules rules() {
      return rules;
    }

    @Override
    public StreamPorts accept(Destination from, int to, int fromPort) {
      App app = new App();
      apps.add(app);
      return app.ports();
    }

    @Override
    public void accepted(StreamPorts ports, Connection connection) {
      apps.get(apps.size() - 1).connection = connection;
    }
  }

  private StreamingEndpoint serving(AdmissionRules ofEndpoint, AdmissionRules ofPort) {
    ruled.rules = ofPort;
    StreamingEndpoint endpoint = EndpointKit.endpoint(us.keys, ofEndpoint);
    assertThat(endpoint.listen(RULED, ruled)).isTrue();
    assertThat(endpoint.listen(OPEN, open)).isTrue();
    return endpoint;
  }

  private static AdmissionRules limited(String... namesAndValues) {
    ConnectionLimits limits = ConnectionLimits.NONE;
    for (int i = 0; i < namesAndValues.length; i += 2) {
      limits = limits.with(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new AdmissionRules(AccessList.OFF, AccessList.OFF, limits);
  }

  private static AdmissionRules denied(Party who) {
    return new AdmissionRules(
        AccessList.OFF, AccessList.deny(who.destination().base32()), ConnectionLimits.NONE);
  }

  /** What a SYN is answered with; null for silence. */
  private Sent syn(StreamingEndpoint endpoint, long now, Party from, int port) {
    byte[] syn = from.syn(us.destination(), ++lastId);
    endpoint.onDatagram(now, 1234, port, syn, 0, syn.length);
    List<Sent> sent = outbox.drain(endpoint, now);
    assertThat(sent.size()).isLessThanOrEqualTo(1);
    return sent.isEmpty() ? null : sent.get(0);
  }

  private boolean isAccepted(StreamingEndpoint endpoint, long now, Party from, int port) {
    Sent sent = syn(endpoint, now, from, port);
    return sent != null
        && sent.kind == PacketKind.SYN_ACK
        && !sent.view().has(PacketFlags.CLOSE)
        && !sent.view().has(PacketFlags.RESET);
  }

  @Test
  void itsListIsSilentAndLeavesOtherPortsAlone() {
    StreamingEndpoint endpoint = serving(limited("maxConnsPerMinute", "1"), denied(peer));
    for (int i = 0; i < 3; i++) {
      assertThat(syn(endpoint, 0, peer, RULED)).isNull();
    }
    assertThat(endpoint.rejections().access()).isEqualTo(3);
    assertThat(isAccepted(endpoint, 0, neighbour, RULED)).isTrue();
    assertThat(isAccepted(endpoint, 0, peer, OPEN)).as("a listed attempt is not counted").isTrue();
  }

  @Test
  void whomItListsHearsNothingFromAFullEndpointEither() {
    StreamingEndpoint endpoint = serving(limited("maxConcurrentStreams", "1"), denied(peer));
    assertThat(isAccepted(endpoint, 0, neighbour, OPEN)).isTrue();
    assertThat(syn(endpoint, 0, peer, RULED)).isNull();
    assertThat(syn(endpoint, 0, new Party(), RULED).view().has(PacketFlags.RESET)).isTrue();
  }

  @Test
  void whomTheEndpointRefusesItCannotLetIn() {
    AdmissionRules allowed =
        new AdmissionRules(
            AccessList.OFF, AccessList.allow(peer.destination().base32()), ConnectionLimits.NONE);
    StreamingEndpoint endpoint = serving(denied(peer), allowed);
    assertThat(syn(endpoint, 0, peer, RULED)).isNull();
    assertThat(syn(endpoint, 0, neighbour, RULED)).as("not on the port's list").isNull();
    assertThat(isAccepted(endpoint, 0, neighbour, OPEN)).isTrue();
    assertThat(endpoint.rejections().access()).isEqualTo(2);
  }

  @Test
  void itsLimitsCountItsOwnAttemptsAndAnswerWithItsOwnAction() {
    StreamingEndpoint endpoint =
        serving(
            limited("limitAction", "drop"),
            limited("maxConnsPerMinute", "1", "limitAction", "http"));
    for (int i = 0; i < 5; i++) {
      assertThat(isAccepted(endpoint, 0, peer, OPEN)).isTrue();
    }
    assertThat(isAccepted(endpoint, 0, peer, RULED)).isTrue();
    Sent answer = syn(endpoint, SECONDS, peer, RULED);
    assertThat(answer.view().payloadLength()).isPositive();
    assertThat(endpoint.rejections().peerRate()).isEqualTo(1);
    assertThat(isAccepted(endpoint, 60 * SECONDS, peer, RULED)).as("a new window").isTrue();
  }

  @Test
  void itsConcurrentStreamsAreThoseOfThePort() {
    StreamingEndpoint endpoint = serving(AdmissionRules.NONE, limited("maxConcurrentStreams", "2"));
    assertThat(isAccepted(endpoint, 0, peer, OPEN)).isTrue();
    assertThat(isAccepted(endpoint, 0, peer, RULED)).isTrue();
    assertThat(isAccepted(endpoint, 0, neighbour, RULED)).isTrue();
    assertThat(syn(endpoint, 0, peer, RULED).view().has(PacketFlags.RESET)).isTrue();
    assertThat(endpoint.rejections().maxStreams()).isEqualTo(1);
    assertThat(isAccepted(endpoint, 0, peer, OPEN)).isTrue();

    endpoint.abort(0, open.apps.get(0).connection, CloseReason.RESET_LOCALLY);
    outbox.drain(endpoint, 0);
    assertThat(isAccepted(endpoint, 0, peer, RULED)).as("another port's end is no room").isFalse();
    endpoint.abort(0, ruled.apps.get(0).connection, CloseReason.RESET_LOCALLY);
    outbox.drain(endpoint, 0);
    assertThat(isAccepted(endpoint, 0, peer, RULED)).isTrue();
  }

  @Test
  void itsRulesChangeWhileItRunsAndItsCountsStay() {
    StreamingEndpoint endpoint = serving(AdmissionRules.NONE, limited("maxConnsPerMinute", "2"));
    assertThat(isAccepted(endpoint, 0, peer, RULED)).isTrue();
    ruled.rules = denied(peer);
    assertThat(syn(endpoint, 0, peer, RULED)).isNull();
    ruled.rules = limited("maxConnsPerMinute", "1");
    assertThat(isAccepted(endpoint, 0, peer, RULED)).isFalse();
    ruled.rules = AdmissionRules.NONE;
    assertThat(isAccepted(endpoint, 0, peer, RULED)).isTrue();
  }

  @Test
  void theOneThatTakesAllPortsRulesThemTogether() {
    StreamingEndpoint endpoint = EndpointKit.endpoint(us.keys, AdmissionRules.NONE);
    ruled.rules = limited("maxConcurrentStreams", "2");
    endpoint.listen(0, ruled);
    assertThat(isAccepted(endpoint, 0, peer, 5)).isTrue();
    assertThat(isAccepted(endpoint, 0, peer, 6)).isTrue();
    assertThat(isAccepted(endpoint, 0, peer, 7)).isFalse();
  }
}
