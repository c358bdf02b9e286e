package io.i2pstreaming.endpoint;

import static io.i2pstreaming.endpoint.EndpointKit.MILLIS;
import static io.i2pstreaming.endpoint.EndpointKit.SECONDS;
import static io.i2pstreaming.endpoint.EndpointKit.receive;
import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.connection.CloseReason;
import io.i2pstreaming.connection.Connection;
import io.i2pstreaming.connection.DeliveryOutcome;
import io.i2pstreaming.connection.PacketKind;
import io.i2pstreaming.connection.StreamPorts;
import io.i2pstreaming.endpoint.Outbox.Sent;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.wire.PacketFlags;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A1 A8 A16 streams of one destination")
class EndpointStreamTest {
  private final Party us = new Party();
  private final Party peer = new Party();
  private final StreamingEndpoint dialling = EndpointKit.endpoint(us.keys, 1);
  private final StreamingEndpoint serving = EndpointKit.endpoint(peer.keys, 2);
  private final Outbox outbox = new Outbox();
  private final List<App> accepted = new ArrayList<>();
  private final List<Sent> seen = new ArrayList<>();
  private Predicate<Sent> loses = sent -> false;
  private long now;

  @BeforeEach
  void serve() {
    serving.listen(80, acceptor());
  }

  private StreamAcceptor acceptor() {
    return new StreamAcceptor() {
      @Override
      public StreamPorts accept(Destination from, int localPort, int remotePort) {
        App app = new App();
        accepted.add(app);
        return app.ports();
      }

      @Override
      public void accepted(StreamPorts ports, Connection connection) {
        ((App) ports.source()).connection = connection;
      }
    };
  }

  private App dial(int localPort) {
    App app = new App();
    app.connection =
        EndpointKit.dial(dialling, now, peer.destination(), localPort, 80, app.ports());
    return app;
  }

  /** Carries packets back and forth, each 10 ms under way, until nothing is left at this time. */
  private void exchange() {
    for (int round = 0; round < 1000 && (dialling.hasOutput() || serving.hasOutput()); round++) {
      List<Sent> there = outbox.drain(dialling, now);
      List<Sent> back = outbox.drain(serving, now);
      seen.addAll(there);
      seen.addAll(back);
      now += 10 * MILLIS;
      there.stream().filter(loses.negate()).forEach(sent -> arrive(serving, sent));
      back.stream().filter(loses.negate()).forEach(sent -> arrive(dialling, sent));
    }
  }

  private void arrive(StreamingEndpoint endpoint, Sent sent) {
    endpoint.onDatagram(now, sent.fromPort, sent.toPort, sent.bytes, 0, sent.bytes.length);
  }

  /** Time passes, and everything that timers cause happens. */
  private void pass(long nanos) {
    long until = now + nanos;
    while (true) {
      exchange();
      long next = Math.min(dialling.nextDeadline(), serving.nextDeadline());
      if (next > until) {
        now = Math.max(now, until);
        return;
      }
      now = Math.max(now, next);
      dialling.onTimer(now);
      serving.onTimer(now);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private void close(StreamingEndpoint endpoint, App app) {
    app.finish();
    endpoint.onWritten(now, app.connection);
  }

  @Test
  void aStreamOpensCarriesBytesBothWaysAndLeavesNothingBehind() {
    App app = dial(4000);
    app.write("question");
    dialling.onWritten(now, app.connection);
    pass(SECONDS);
    assertThat(app.connected).isTrue();
    App answerer = accepted.get(0);
    assertThat(answerer.read()).isEqualTo("question");
    answerer.write("answer");
    serving.onWritten(now, answerer.connection);
    pass(SECONDS);
    assertThat(app.read()).isEqualTo("answer");
    assertThat(dialling.totals().activeOutgoing()).isEqualTo(1);
    assertThat(serving.totals().activeIncoming()).isEqualTo(1);
    assertThat(dialling.connections()).containsExactly(app.connection);
    close(dialling, app);
    close(serving, answerer);
    pass(SECONDS);
    assertThat(app.closed).isEqualTo(CloseReason.CLEAN);
    assertThat(answerer.closed).isEqualTo(CloseReason.CLEAN);
    pass(400 * SECONDS);
    for (StreamingEndpoint endpoint : List.of(dialling, serving)) {
      assertThat(endpoint.stats().connections()).isZero();
      assertThat(endpoint.stats().recentlyClosed()).isZero();
      assertThat(endpoint.connections()).isEmpty();
      assertThat(endpoint.nextDeadline()).isEqualTo(Connection.NEVER);
    }
  }

  @Test
  void totalsOutliveTheirStreams() {
    for (int i = 0; i < 3; i++) {
      App app = dial(4000 + i);
      app.write("12345");
      close(dialling, app);
      pass(SECONDS);
      close(serving, accepted.get(i));
      pass(400 * SECONDS);
    }
    EndpointTotals ours = dialling.totals();
    assertThat(ours.opened()).isEqualTo(3);
    assertThat(ours.activeOutgoing()).isZero();
    assertThat(ours.bytesSent()).isEqualTo(15);
    assertThat(ours.packetsSent()).isEqualTo(seen.stream().filter(s -> s.toPort == 80).count());
    assertThat(serving.totals().bytesReceived()).isEqualTo(15);
    assertThat(serving.totals().packetsReceived()).isEqualTo(ours.packetsSent());
  }

  @Test
  void everyPacketKeepsThePortsOfItsSyn() {
    App app = dial(4321);
    pass(SECONDS);
    close(dialling, app);
    close(serving, accepted.get(0));
    pass(SECONDS);
    assertThat(seen).hasSizeGreaterThan(4);
    for (Sent sent : seen) {
      boolean there = sent.to.equals(peer.destination());
      assertThat(sent.fromPort).isEqualTo(there ? 4321 : 80);
      assertThat(sent.toPort).isEqualTo(there ? 80 : 4321);
    }
  }

  @Test
  void packetsFindTheirStreamWhateverTheirPortsAre() {
    App app = dial(4000);
    pass(SECONDS);
    App answerer = accepted.get(0);
    answerer.write("from i2pd");
    serving.onWritten(now, answerer.connection);
    for (Sent sent : outbox.drain(serving, now)) {
      dialling.onDatagram(now, 0, 0, sent.bytes, 0, sent.bytes.length);
    }
    assertThat(app.read()).isEqualTo("from i2pd");
  }

  @Test
  void aSecondCopyOfASynOpensNothing() {
    App app = dial(4000);
    Sent syn = outbox.drain(dialling, now).get(0);
    arrive(serving, syn);
    arrive(serving, syn);
    assertThat(accepted).hasSize(1);
    assertThat(serving.connections()).hasSize(1);
    pass(SECONDS);
    assertThat(app.connected).isTrue();
  }

  @Test
  void aLateCopyOfASynDoesNotReopenAClosedStream() {
    App app = dial(4000);
    List<Sent> first = outbox.drain(dialling, now);
    first.forEach(sent -> arrive(serving, sent));
    pass(SECONDS);
    serving.abort(now, accepted.get(0).connection, CloseReason.RESET_LOCALLY);
    pass(31 * SECONDS);
    assertThat(app.closed).isEqualTo(CloseReason.RESET_BY_PEER);
    assertThat(serving.connections()).isEmpty();
    assertThat(serving.stats().recentlyClosed()).isEqualTo(1);
    arrive(serving, first.get(0));
    assertThat(accepted).hasSize(1);
    pass(61 * SECONDS);
    assertThat(serving.stats().recentlyClosed()).isZero();
  }

  /** Seed 368 of the simulation. */
  @Test
  void aDiallerOfASessionThatWasLostIsRefusedAndNeverServedTwice() {
    App app = dial(4000);
    Sent syn = outbox.drain(dialling, now).get(0);
    arrive(serving, syn);
    serving.abandonAll(now, CloseReason.ROUTER_LOST);
    assertThat(accepted.get(0).closed).isEqualTo(CloseReason.ROUTER_LOST);
    for (int i = 0; i < 10; i++) {
      now += 15 * SECONDS;
      serving.onTimer(now);
      arrive(serving, syn);
    }
    assertThat(accepted).hasSize(1);
    outbox.drain(serving, now).forEach(sent -> arrive(dialling, sent));
    assertThat(app.closed).isEqualTo(CloseReason.REFUSED);
    pass(61 * SECONDS);
    assertThat(serving.stats().recentlyClosed()).isZero();
  }

  @Test
  void dataThatOvertookItsSynIsDelivered() {
    byte[] syn = us.syn(peer.destination(), 77);
    receive(serving, now, us.data(0, 77, 1, bytes("early")));
    assertThat(serving.stats().parkedPackets()).isEqualTo(1);
    receive(serving, now, syn);
    assertThat(serving.stats().parkedPackets()).isZero();
    assertThat(accepted.get(0).read()).isEqualTo("early");
    receive(serving, now, us.data(0, 77, 2, bytes("later")));
    assertThat(accepted.get(0).read()).isEqualTo("earlylater");
  }

  @Test
  void theSamePeerIdOfTwoDestinationsMakesTwoStreams() {
    Party third = new Party();
    receive(serving, now, us.syn(peer.destination(), 77));
    receive(serving, now, third.syn(peer.destination(), 77));
    assertThat(accepted).hasSize(2);
    receive(serving, now, us.data(0, 77, 1, bytes("whose?")));
    assertThat(accepted.get(0).read()).isEmpty();
    assertThat(accepted.get(1).read()).isEmpty();
    assertThat(serving.stats().unknownStream()).isEqualTo(1);
  }

  @Test
  void aKnownIdWithAForeignPartnerIsDroppedUnlessItIsASignedReset() {
    App app = dial(4000);
    pass(SECONDS);
    int ours = app.connection.receiveStreamId();
    long before = dialling.stats().unknownStream();
    receive(dialling, now, peer.data(ours, 12345, 1, bytes("injected")));
    assertThat(dialling.stats().unknownStream()).isEqualTo(before + 1);
    assertThat(app.read()).isEmpty();
    receive(dialling, now, us.reset(ours, 12345));
    assertThat(app.closed).as("signed by somebody else").isNull();
    receive(dialling, now, peer.reset(ours, 0));
    assertThat(app.closed).isEqualTo(CloseReason.RESET_BY_PEER);
  }

  @Test
  void whoIsNotListenedToIsRefused() {
    serving.unlisten(80);
    App app = dial(4000);
    pass(SECONDS);
    assertThat(app.closed).isEqualTo(CloseReason.REFUSED);
    assertThat(dialling.totals().failedConnects()).isEqualTo(1);
    assertThat(dialling.totals().opened()).isZero();
  }

  @Test
  void handshakesThatNeverEndAreBounded() {
    for (int id = 1; id <= SynAdmission.MAX_HALF_OPEN + 50; id++) {
      now += MILLIS;
      receive(serving, now, us.syn(peer.destination(), id));
    }
    assertThat(accepted).hasSize(SynAdmission.MAX_HALF_OPEN);
    assertThat(serving.stats().rejections().backlog()).isEqualTo(50);
    loses = sent -> true;
    pass(1200 * SECONDS);
    assertThat(serving.connections()).isEmpty();
    assertThat(serving.stats().recentlyClosed()).isZero();
    receive(serving, now, us.syn(peer.destination(), 9999));
    assertThat(accepted).as("room again").hasSize(SynAdmission.MAX_HALF_OPEN + 1);
  }

  @Test
  void theRoutersWordOnASynFailsTheDialAndIsCounted() {
    App app = dial(4000);
    Sent syn = outbox.drain(dialling, now).get(0);
    assertThat(syn.kind).isEqualTo(PacketKind.SYN);
    assertThat(syn.nonce).isPositive();
    dialling.onDelivery(now, syn.nonce, DeliveryOutcome.HARD_FAILURE);
    dialling.onDelivery(now, syn.nonce, DeliveryOutcome.HARD_FAILURE);
    assertThat(app.closed).isEqualTo(CloseReason.UNREACHABLE);
    assertThat(dialling.totals().messagesAsked()).isEqualTo(1);
    assertThat(dialling.totals().messagesFailed()).isEqualTo(1);
    assertThat(dialling.totals().failedConnects()).isEqualTo(1);
  }

  @Test
  void atMostOneDataPacketASecondIsWatched() {
    App app = dial(4000);
    app.write("x".repeat(200_000));
    dialling.onWritten(now, app.connection);
    pass(SECONDS);
    List<Sent> data =
        seen.stream()
            .filter(sent -> sent.kind == PacketKind.DATA && sent.to.equals(peer.destination()))
            .toList();
    assertThat(data).hasSizeGreaterThan(100);
    assertThat(data.stream().filter(sent -> sent.nonce != 0).count()).isBetween(1L, 2L);
  }

  @Test
  void connectionsSendInTurns() {
    List<App> apps = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      apps.add(dial(4000 + i));
    }
    pass(SECONDS);
    for (App app : apps) {
      app.write("x".repeat(500_000));
      dialling.onWritten(now, app.connection);
    }
    pass(SECONDS / 5);
    Map<Integer, Integer> packets = new TreeMap<>();
    for (Sent sent : seen) {
      if (sent.kind == PacketKind.DATA && sent.to.equals(peer.destination())) {
        packets.merge(sent.fromPort, 1, Integer::sum);
      }
    }
    assertThat(packets).hasSize(5);
    int most = packets.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
    int least = packets.values().stream().mapToInt(Integer::intValue).min().orElseThrow();
    assertThat(least).isPositive().isGreaterThanOrEqualTo(most / 2);
  }

  @Test
  void aLostSessionEndsEverythingWithoutAPacket() {
    App app = dial(4000);
    pass(SECONDS);
    App unanswered = dial(4001);
    dialling.abandonAll(now, CloseReason.ROUTER_LOST);
    assertThat(app.closed).isEqualTo(CloseReason.ROUTER_LOST);
    assertThat(unanswered.closed).isEqualTo(CloseReason.ROUTER_LOST);
    assertThat(dialling.hasOutput()).isFalse();
    assertThat(dialling.connections()).isEmpty();
    dialling.onWritten(now, app.connection);
    dialling.onRead(now, app.connection);
    dialling.abort(now, app.connection, CloseReason.RESET_LOCALLY);
    assertThat(dialling.hasOutput()).isFalse();
    App again = dial(4002);
    pass(SECONDS);
    assertThat(again.connected).isTrue();
  }

  @Test
  void synsCarryTheHashOfWhoIsMeant() {
    dial(4000);
    Sent syn = outbox.drain(dialling, now).get(0);
    assertThat(syn.view().has(PacketFlags.SYNCHRONIZE)).isTrue();
    assertThat(syn.view().nackCount()).isEqualTo(8);
    byte[] hash = peer.destination().hash().bytes();
    int start = syn.view().nackOffset();
    assertThat(java.util.Arrays.copyOfRange(syn.bytes, start, start + 32)).isEqualTo(hash);
  }
}
