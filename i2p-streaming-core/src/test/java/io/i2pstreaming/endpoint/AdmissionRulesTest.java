package io.i2pstreaming.endpoint;

import static io.i2pstreaming.endpoint.EndpointKit.SECONDS;
import static io.i2pstreaming.endpoint.EndpointKit.receive;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.i2pstreaming.connection.CloseReason;
import io.i2pstreaming.connection.Connection;
import io.i2pstreaming.connection.PacketKind;
import io.i2pstreaming.connection.StreamPorts;
import io.i2pstreaming.endpoint.Outbox.Sent;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.SigningKeyType;
import io.i2pstreaming.wire.PacketFlags;
import io.i2pstreaming.wire.PacketView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A12 A13 lists and limits")
class AdmissionRulesTest {
  private final Party us = new Party();
  private final Party peer = new Party();
  private final Party neighbour = new Party();
  private final Outbox outbox = new Outbox();
  private final Accepting acceptor = new Accepting();
  private int lastId = 100;

  private static final class Accepting implements StreamAcceptor {
    final List<App> apps = new ArrayList<>();

    @Override
    public StreamPorts accept(Destination from, int localPort, int remotePort) {
      App app = new App();
      apps.add(app);
      return app.ports();
    }

    @Override
    public void accepted(StreamPorts ports, Connection connection) {
      apps.get(apps.size() - 1).connection = connection;
    }
  }

  private StreamingEndpoint serving(AdmissionRules rules) {
    StreamingEndpoint endpoint = EndpointKit.endpoint(us.keys, rules);
    assertThat(endpoint.listen(0, acceptor)).isTrue();
    return endpoint;
  }

  private static AdmissionRules limited(String... namesAndValues) {
    return new AdmissionRules(AccessList.OFF, AccessList.OFF, limits(namesAndValues));
  }

  private static ConnectionLimits limits(String... namesAndValues) {
    ConnectionLimits limits = ConnectionLimits.NONE;
    for (int i = 0; i < namesAndValues.length; i += 2) {
      limits = limits.with(namesAndValues[i], namesAndValues[i + 1]);
    }
    return limits;
  }

  /** What a SYN of {@code from} to {@code port} is answered with; null for silence. */
  private Sent syn(StreamingEndpoint endpoint, long now, Party from, int port) {
    byte[] syn = from.syn(us.destination(), ++lastId);
    endpoint.onDatagram(now, 1234, port, syn, 0, syn.length);
    List<Sent> sent = outbox.drain(endpoint, now);
    assertThat(sent.size()).isLessThanOrEqualTo(1);
    return sent.isEmpty() ? null : sent.get(0);
  }

  private Sent syn(StreamingEndpoint endpoint, long now, Party from) {
    return syn(endpoint, now, from, 80);
  }

  private static boolean isAccepted(Sent sent) {
    return sent != null
        && sent.kind == PacketKind.SYN_ACK
        && !sent.view().has(PacketFlags.CLOSE)
        && !sent.view().has(PacketFlags.RESET);
  }

  private static boolean isReset(Sent sent) {
    return sent != null && sent.view().has(PacketFlags.RESET);
  }

  private static String text(Sent sent) {
    PacketView view = sent.view();
    return new String(
        view.buffer(), view.payloadOffset(), view.payloadLength(), StandardCharsets.UTF_8);
  }

  @Test
  void aRefusalByAListIsSilentWhateverTheAction() {
    for (AdmissionRules rules :
        List.of(
            new AdmissionRules(
                AccessList.deny(peer.destination().base32()),
                AccessList.allow(peer.destination().base32()),
                limits("limitAction", "http")),
            new AdmissionRules(
                AccessList.OFF,
                AccessList.allow(neighbour.destination().base32()),
                limits("maxConcurrentStreams", "1")),
            new AdmissionRules(
                AccessList.OFF, AccessList.deny(peer.destination().base32()), limits()))) {
      StreamingEndpoint endpoint = serving(rules);
      assertThat(syn(endpoint, 0, peer)).isNull();
      syn(endpoint, 0, neighbour);
      assertThat(syn(endpoint, 0, peer)).as("also when streams are full").isNull();
      receive(endpoint, 0, peer.ping(7));
      assertThat(outbox.drain(endpoint, 0)).isEmpty();
      endpoint.unlisten(0);
      assertThat(syn(endpoint, 0, peer)).as("also when nobody listens").isNull();
      assertThat(endpoint.rejections().access()).isGreaterThanOrEqualTo(1);
      assertThat(endpoint.rejections().pings()).isEqualTo(1);
    }
  }

  @Test
  void listsChangeWhileItRuns() {
    StreamingEndpoint endpoint = serving(AdmissionRules.NONE);
    assertThat(isAccepted(syn(endpoint, 0, peer))).isTrue();
    endpoint.rules(
        new AdmissionRules(AccessList.OFF, AccessList.deny(peer.destination().base64()), limits()));
    assertThat(syn(endpoint, 0, peer)).isNull();
    assertThat(isAccepted(syn(endpoint, 0, neighbour))).isTrue();
    endpoint.rules(AdmissionRules.NONE);
    assertThat(isAccepted(syn(endpoint, 0, peer))).isTrue();
  }

  @Test
  void aPeerOverItsLimitIsAnsweredThreeTimesAndThenNoMoreUntilTheWindowEnds() {
    StreamingEndpoint endpoint = serving(limited("maxConnsPerMinute", "2"));
    for (int i = 0; i < 2; i++) {
      assertThat(isAccepted(syn(endpoint, 5 * SECONDS, peer))).isTrue();
    }
    for (int i = 0; i < 3; i++) {
      Sent reset = syn(endpoint, 6 * SECONDS, peer);
      assertThat(isReset(reset)).isTrue();
      LocalIdentity reader = new LocalIdentity(peer.keys);
      assertThat(new RemoteAuth(reader, us.destination()).verify(0, reset.view())).isTrue();
    }
    assertThat(syn(endpoint, 64 * SECONDS, peer)).isNull();
    assertThat(isAccepted(syn(endpoint, 64 * SECONDS, neighbour))).isTrue();
    assertThat(isAccepted(syn(endpoint, 65 * SECONDS, peer))).as("a new window").isTrue();
    assertThat(endpoint.rejections().peerRate()).isEqualTo(4);
  }

  @Test
  void theHourAndTheDayHaveWindowsOfTheirOwn() {
    for (String[] limit :
        new String[][] {{"maxConnsPerHour", "3600"}, {"maxConnsPerDay", "86400"}}) {
      StreamingEndpoint endpoint = serving(limited(limit[0], "1"));
      long window = Long.parseLong(limit[1]) * SECONDS;
      assertThat(isAccepted(syn(endpoint, 0, peer))).isTrue();
      assertThat(isReset(syn(endpoint, window - 1, peer))).isTrue();
      assertThat(isAccepted(syn(endpoint, window, peer))).isTrue();
    }
  }

  @Test
  void aPeerOverItsOwnLimitDoesNotUseUpTheTotal() {
    StreamingEndpoint endpoint =
        serving(limited("maxConnsPerMinute", "1", "maxTotalConnsPerMinute", "2"));
    assertThat(isAccepted(syn(endpoint, 0, peer))).isTrue();
    for (int i = 0; i < 10; i++) {
      syn(endpoint, 0, peer);
    }
    assertThat(isAccepted(syn(endpoint, 0, neighbour))).isTrue();
    assertThat(isReset(syn(endpoint, 0, new Party()))).isTrue();
    assertThat(endpoint.rejections().totalRate()).isEqualTo(1);
  }

  @Test
  void aRefusalByTheDayLeavesTheCountOfTheMinuteAlone() {
    StreamingEndpoint endpoint =
        serving(limited("maxConnsPerDay", "1", "maxTotalConnsPerMinute", "2"));
    assertThat(isAccepted(syn(endpoint, 0, peer))).isTrue();
    for (int i = 0; i < 5; i++) {
      assertThat(isAccepted(syn(endpoint, 0, peer))).isFalse();
    }
    assertThat(isAccepted(syn(endpoint, 0, neighbour))).isTrue();
  }

  @Test
  void pingsCountAndAreRefusedInSilence() {
    StreamingEndpoint endpoint = serving(limited("maxConnsPerMinute", "2"));
    for (int i = 1; i <= 3; i++) {
      receive(endpoint, 0, peer.ping(i));
    }
    assertThat(outbox.drain(endpoint, 0)).hasSize(2);
    assertThat(endpoint.rejections().pings()).isEqualTo(1);
    assertThat(endpoint.rejections().pingsPeerRate()).isEqualTo(1);
    assertThat(isAccepted(syn(endpoint, 0, peer))).isFalse();
  }

  @Test
  void aPingWithinAConnectionIsNotCountedAndOnlyItsPeersIsAnswered() {
    StreamingEndpoint endpoint = serving(limited("maxConnsPerMinute", "1"));
    Sent accepted = syn(endpoint, 0, peer);
    assertThat(isAccepted(accepted)).isTrue();
    int id = accepted.view().receiveStreamId();
    for (int i = 0; i < 3; i++) {
      receive(endpoint, 0, peer.ping(id));
    }
    assertThat(outbox.drain(endpoint, 0)).hasSize(3).allMatch(s -> s.kind == PacketKind.PONG);
    receive(endpoint, 0, neighbour.ping(id));
    assertThat(outbox.drain(endpoint, 0)).isEmpty();
    assertThat(endpoint.rejections().pingsAccess()).isEqualTo(1);
    assertThat(endpoint.rejections().pingsPeerRate()).isZero();
  }

  @Test
  void concurrentStreamsCountBothDirections() {
    StreamingEndpoint endpoint = serving(limited("maxConcurrentStreams", "2"));
    App first = dial(endpoint);
    assertThat(isAccepted(syn(endpoint, 0, peer))).isTrue();
    assertThat(isReset(syn(endpoint, 0, neighbour))).isTrue();
    assertThat(endpoint.rejections().maxStreams()).isEqualTo(1);
    assertThat(dial(endpoint).closed).isEqualTo(CloseReason.TOO_MANY_STREAMS);
    endpoint.abort(0, first.connection, CloseReason.RESET_LOCALLY);
    outbox.drain(endpoint, 0);
    assertThat(isAccepted(syn(endpoint, 0, neighbour))).isTrue();
    endpoint.rules(limited("maxConcurrentStreams", "3"));
    assertThat(dial(endpoint).closed).isNull();
  }

  private App dial(StreamingEndpoint endpoint) {
    App app = new App();
    app.connection = EndpointKit.dial(endpoint, 0, peer.destination(), 0, 80, app.ports());
    outbox.drain(endpoint, 0);
    return app;
  }

  @Test
  void httpAnswersWithTheSecondsOfTheWindowButPort443WithReset() {
    String[][] cases = {
      {"maxConnsPerMinute", "60"},
      {"maxTotalConnsPerHour", "3600"},
      {"maxConnsPerDay", "86400"},
      {"maxConcurrentStreams", "120"}
    };
    for (String[] limit : cases) {
      StreamingEndpoint endpoint = serving(limited(limit[0], "1", "limitAction", "http"));
      assertThat(isAccepted(syn(endpoint, 0, peer))).isTrue();
      Sent answer = syn(endpoint, 0, peer);
      assertThat(answer.view().flags())
          .isEqualTo(
              PacketFlags.SYNCHRONIZE
                  | PacketFlags.CLOSE
                  | PacketFlags.FROM_INCLUDED
                  | PacketFlags.SIGNATURE_INCLUDED
                  | PacketFlags.MAX_PACKET_SIZE_INCLUDED);
      assertThat(answer.view().sendStreamId()).isEqualTo(lastId);
      assertThat(answer.view().receiveStreamId()).isNotZero();
      assertThat(text(answer))
          .startsWith("HTTP/1.1 429 ")
          .contains("\r\nRetry-After: " + limit[1] + "\r\n");
      assertThat(answer.view().payloadLength()).isLessThanOrEqualTo(512);
      assertThat(isReset(syn(endpoint, 0, peer, 443))).isTrue();
    }
  }

  @Test
  void anyOtherActionIsTheTextItselfAndDropIsSilence() {
    StreamingEndpoint endpoint =
        serving(limited("maxConnsPerMinute", "1", "limitAction", "Too busy.\\r\\nSorry."));
    assertThat(isAccepted(syn(endpoint, 0, peer))).isTrue();
    assertThat(text(syn(endpoint, 0, peer))).isEqualTo("Too busy.\r\nSorry.");
    endpoint.rules(limited("maxConnsPerMinute", "1", "limitAction", "drop"));
    assertThat(syn(endpoint, 0, peer)).isNull();
    assertThat(syn(endpoint, 0, peer, 443)).isNull();
  }

  @Test
  void limitsReadI2psNamesAndSayWhatIsAllowed() {
    ConnectionLimits limits =
        limits("max-concurrent-streams", "-1", "MAXCONNSPERHOUR", "7", "limitAction", " DROP ");
    assertThat(limits.maxConcurrentStreams()).isZero();
    assertThat(limits.asMap())
        .containsEntry("maxConnsPerHour", "7")
        .containsEntry("limitAction", "drop")
        .containsOnlyKeys(ConnectionLimits.names());
    for (String wrong : new String[] {"many", "-2", "1.5", "99999999999"}) {
      assertThatThrownBy(() -> limits.with("maxConnsPerDay", wrong))
          .hasMessageContaining("maxConnsPerDay")
          .hasMessageContaining("whole number");
    }
    assertThatThrownBy(() -> limits.with("maxConnsPerWeek", "1"))
        .hasMessageContaining("maxConnsPerDay");
    assertThatThrownBy(() -> limits.with("disableRejectLogging", "maybe"))
        .hasMessageContaining("true or false");
    assertThatThrownBy(() -> limits.with("limitAction", "x".repeat(1025)))
        .hasMessageContaining("1024 bytes");
  }

  @Test
  @DisplayName("A12 a flood of SYNs costs a bounded number of verifications and no neighbour")
  void aFloodOfSynsIsCapped() {
    StreamingEndpoint endpoint = serving(AdmissionRules.NONE);
    Party dsa = new Party(SigningKeyType.DSA_SHA1);
    assertThat(isAccepted(syn(endpoint, 0, neighbour))).isTrue();
    App stream = acceptor.apps.get(0);
    int id = stream.connection.receiveStreamId();
    int neighbourId = lastId;
    byte[] forged = dsa.syn(us.destination(), 1);
    forged[forged.length - 1] ^= 1;
    int flood = 20_000;
    for (int i = 0; i < flood; i++) {
      long now = i * 50_000L;
      forged[4] = (byte) (i >> 8);
      forged[5] = (byte) i;
      receive(endpoint, now, forged);
      if (i % 1000 == 0) {
        receive(endpoint, now, neighbour.data(id, neighbourId, 1 + i / 1000, (byte) 'x'));
      }
    }
    long verified = endpoint.stats().badSignature();
    long budget = SenderCheck.SYNS_AT_ONCE + flood * 50_000L / SenderCheck.NANOS_PER_SYN;
    assertThat(8 * verified).isLessThanOrEqualTo(budget).isGreaterThan(budget / 2);
    int waiting = endpoint.stats().parkedPackets();
    assertThat(waiting).isBetween(1, WaitingSyns.MAX_SYNS);
    assertThat(endpoint.rejections().unverified()).isEqualTo(flood - verified - waiting);
    assertThat(stream.read()).isEqualTo("x".repeat(20));
    assertThat(outbox.drain(endpoint, SECONDS)).allMatch(sent -> sent.kind == PacketKind.ACK);
    endpoint.onTimer(5 * SECONDS);
    outbox.drain(endpoint, 5 * SECONDS);
    assertThat(isAccepted(syn(endpoint, 5 * SECONDS, peer))).as("afterwards").isTrue();
  }
}
