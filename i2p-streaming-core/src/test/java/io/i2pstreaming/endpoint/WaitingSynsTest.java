package io.i2pstreaming.endpoint;

import static io.i2pstreaming.endpoint.EndpointKit.MILLIS;
import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.connection.Connection;
import io.i2pstreaming.identity.SigningKeyType;
import io.i2pstreaming.wire.MalformedPacketException;
import io.i2pstreaming.wire.PacketView;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A12 SYNs that wait to be verified")
class WaitingSynsTest {
  private final Party us = new Party();
  private final Party peer = new Party();
  private final EndpointCounters counters = new EndpointCounters();
  private final SenderCheck senders = SenderCheck.ofSyns(new LocalIdentity(us.keys), counters);
  private final WaitingSyns waiting = new WaitingSyns(senders, counters);
  private final PacketView view = new PacketView();
  private long now;

  private boolean park(byte[] packet, int fromPort) throws MalformedPacketException {
    return waiting.park(now, fromPort, 80, view.wrap(packet, 0, packet.length));
  }

  /** Takes all that the present moment allows. */
  private void verifyAllThatMayBe(byte[] packet) throws MalformedPacketException {
    while (!park(packet, 0)) {
      assertThat(senders.verified(now, view)).isNotNull();
    }
    waiting.clear();
  }

  @Test
  void nobodyWaitsWhileThereIsTime() throws Exception {
    assertThat(park(peer.syn(us.destination(), 1), 7)).isFalse();
    assertThat(waiting.next(now)).isNull();
    assertThat(waiting.nextDeadline()).isEqualTo(Connection.NEVER);
  }

  @Test
  void theyAreTakenUpInTheirOrderWhenThereIsTime() throws Exception {
    byte[] syn = peer.syn(us.destination(), 1);
    verifyAllThatMayBe(syn);
    for (int port = 1; port <= 9; port++) {
      assertThat(park(syn, port)).isTrue();
    }
    assertThat(waiting.next(now)).isNull();
    assertThat(waiting.nextDeadline()).isEqualTo(8 * SenderCheck.NANOS_PER_SYN);

    now = waiting.nextDeadline();
    assertThat(park(syn, 10)).as("who comes later waits behind them").isTrue();
    for (int port = 1; port <= 8; port++) {
      WaitingSyns.Syn next = waiting.next(now);
      assertThat(next).isNotNull();
      assertThat(next.fromPort).isEqualTo(port);
      assertThat(next.toPort).isEqualTo(80);
      assertThat(next.packet).isEqualTo(syn);
      assertThat(senders.verified(now, view.wrap(syn, 0, syn.length))).isNotNull();
    }
    assertThat(waiting.next(now)).isNull();
    assertThat(waiting.size()).isEqualTo(2);
  }

  @Test
  void costlySignaturesWaitLongerAndNobodyIsAskedBefore() throws Exception {
    byte[] costly = new Party(SigningKeyType.ECDSA_SHA512_P521).syn(us.destination(), 1);
    verifyAllThatMayBe(peer.syn(us.destination(), 1));
    assertThat(park(costly, 1)).isTrue();
    assertThat(waiting.nextDeadline()).isEqualTo(32 * SenderCheck.NANOS_PER_SYN);
    now = waiting.nextDeadline() - 1;
    assertThat(waiting.next(now)).isNull();
    assertThat(waiting.nextDeadline()).isGreaterThan(now);
    now = waiting.nextDeadline();
    assertThat(waiting.next(now)).isNotNull();
    assertThat(waiting.nextDeadline()).isEqualTo(Connection.NEVER);
  }

  @Test
  void theirNumberTheirBytesAndTheirTimeAreBounded() throws Exception {
    byte[] syn = peer.syn(us.destination(), 1, new byte[1000]);
    verifyAllThatMayBe(syn);
    int most = Math.min(WaitingSyns.MAX_SYNS, WaitingSyns.MAX_BYTES / syn.length);
    for (int i = 0; i < most + 10; i++) {
      assertThat(park(syn, i)).isTrue();
    }
    assertThat(waiting.size()).isEqualTo(most).isLessThan(WaitingSyns.MAX_SYNS);
    assertThat(counters.unverified).isEqualTo(10);

    now = WaitingSyns.KEEP_NANOS;
    assertThat(waiting.next(now)).isNull();
    assertThat(waiting.size()).isZero();
    assertThat(counters.unverified).isEqualTo(most + 10L);

    byte[] small = peer.syn(us.destination(), 1);
    verifyAllThatMayBe(small);
    for (int i = 0; i < WaitingSyns.MAX_SYNS + 10; i++) {
      assertThat(park(small, i)).isTrue();
    }
    assertThat(waiting.size()).isEqualTo(WaitingSyns.MAX_SYNS);
    waiting.clear();
    now += 1000 * MILLIS;
    assertThat(park(small, 1)).as("room and time again").isFalse();
  }
}
