package io.i2pstreaming.endpoint;

import static io.i2pstreaming.endpoint.EndpointKit.SECONDS;
import static io.i2pstreaming.endpoint.EndpointKit.receive;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.i2pstreaming.connection.CloseReason;
import io.i2pstreaming.connection.PacketKind;
import io.i2pstreaming.endpoint.Outbox.Sent;
import io.i2pstreaming.wire.PacketFlags;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A10 ping and pong")
class PingTest {
  private final Party us = new Party();
  private final Party peer = new Party();
  private final StreamingEndpoint endpoint = EndpointKit.endpoint(us.keys, 1);
  private final Outbox outbox = new Outbox();
  private final List<String> heard = new ArrayList<>();
  private final PingListener listener =
      new PingListener() {
        @Override
        public void pong(long rttNanos, byte[] payload) {
          heard.add("pong after " + rttNanos + " with " + payload.length);
        }

        @Override
        public void timedOut() {
          heard.add("timed out");
        }
      };

  private void ping(long now) {
    endpoint.ping(now, peer.destination(), 5, 6, new byte[] {1, 2, 3}, 30 * SECONDS, listener);
  }

  @Test
  void twoEndpointsMeasureTheRoundTrip() {
    StreamingEndpoint other = EndpointKit.endpoint(peer.keys, 2);
    ping(0);
    Sent ping = outbox.drain(endpoint, 0).get(0);
    assertThat(ping.kind).isEqualTo(PacketKind.PING);
    other.onDatagram(100, ping.fromPort, ping.toPort, ping.bytes, 0, ping.bytes.length);
    Sent pong = outbox.drain(other, 100).get(0);
    assertThat(pong.kind).isEqualTo(PacketKind.PONG);
    assertThat(pong.to).isEqualTo(us.destination());
    assertThat(pong.fromPort).isEqualTo(6);
    assertThat(pong.toPort).isEqualTo(5);
    assertThat(endpoint.stats().pendingPings()).isEqualTo(1);
    endpoint.onDatagram(250, pong.fromPort, pong.toPort, pong.bytes, 0, pong.bytes.length);
    assertThat(heard).containsExactly("pong after 250 with 3");
    assertThat(endpoint.stats().pendingPings()).isZero();
    assertThat(other.stats().pingsAnswered()).isEqualTo(1);
  }

  @Test
  void anUnsignedPongIsTakenByItsIdAndOnlyOnce() {
    ping(0);
    int id = outbox.drain(endpoint, 0).get(0).view().sendStreamId();
    receive(endpoint, 7, peer.barePong(id + 1));
    assertThat(heard).isEmpty();
    receive(endpoint, 8, peer.barePong(id, new byte[] {1}));
    receive(endpoint, 9, peer.barePong(id, new byte[] {1}));
    assertThat(heard).containsExactly("pong after 8 with 1");
    assertThat(endpoint.stats().unknownStream()).isEqualTo(2);
  }

  @Test
  void aPingTimesOutAtItsDeadline() {
    ping(0);
    ping(SECONDS);
    assertThat(endpoint.nextDeadline()).isEqualTo(30 * SECONDS);
    endpoint.onTimer(30 * SECONDS - 1);
    assertThat(heard).isEmpty();
    endpoint.onTimer(30 * SECONDS);
    assertThat(heard).containsExactly("timed out");
    endpoint.onTimer(31 * SECONDS);
    assertThat(heard).hasSize(2);
    assertThat(endpoint.stats().pendingPings()).isZero();
  }

  @Test
  void aPingWithoutAValidSignatureGetsNoPong() {
    byte[] forged = peer.ping(77);
    forged[forged.length - 1] ^= 1;
    receive(endpoint, 0, forged);
    assertThat(outbox.drain(endpoint, 0)).isEmpty();
    assertThat(endpoint.stats().badSignature()).isEqualTo(1);
  }

  @Test
  void aPongEchoesAtMost32BytesAndIsSigned() {
    receive(endpoint, 0, peer.ping(77, new byte[300]));
    Sent pong = outbox.drain(endpoint, 0).get(0);
    assertThat(pong.view().receiveStreamId()).isEqualTo(77);
    assertThat(pong.view().sendStreamId()).isZero();
    assertThat(pong.view().payloadLength()).isEqualTo(32);
    assertThat(pong.view().has(PacketFlags.FROM_INCLUDED)).isFalse();
    LocalIdentity reader = new LocalIdentity(peer.keys);
    assertThat(new RemoteAuth(reader, us.destination()).verify(0, pong.view())).isTrue();
  }

  @Test
  void pongsAreRateLimitedAndComeAgainLater() {
    for (int i = 1; i <= 100; i++) {
      receive(endpoint, 0, peer.ping(i));
    }
    int atOnce = outbox.drain(endpoint, 0).size();
    assertThat(atOnce).isBetween(1, 50);
    receive(endpoint, 10 * SECONDS, peer.ping(1));
    assertThat(outbox.drain(endpoint, 10 * SECONDS)).hasSize(1);
    assertThat(endpoint.stats().pingsAnswered()).isEqualTo(atOnce + 1);
  }

  @Test
  void answeringCanBeSwitchedOff() {
    StreamingEndpoint silent =
        new StreamingEndpoint(
            new EndpointConfig(EndpointKit.CONNECTIONS, false), us.keys, new SplittableRandom(3));
    receive(silent, 0, peer.ping(1));
    assertThat(outbox.drain(silent, 0)).isEmpty();
  }

  @Test
  void pendingPingsAreBounded() {
    for (int i = 0; i < Pings.MAX_PENDING + 3; i++) {
      ping(0);
    }
    assertThat(heard).hasSize(3).containsOnly("timed out");
    assertThat(endpoint.stats().pendingPings()).isEqualTo(Pings.MAX_PENDING);
    endpoint.abandonAll(1, CloseReason.ROUTER_LOST);
    assertThat(heard).hasSize(Pings.MAX_PENDING + 3);
    assertThat(endpoint.stats().pendingPings()).isZero();
    assertThat(endpoint.hasOutput()).isFalse();
  }

  @Test
  void moreThan32BytesAreRefused() {
    assertThatThrownBy(
            () -> endpoint.ping(0, peer.destination(), 0, 0, new byte[33], 30 * SECONDS, listener))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("32");
  }
}
