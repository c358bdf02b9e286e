package io.i2pstreaming.endpoint;

import static io.i2pstreaming.endpoint.EndpointKit.MILLIS;
import static io.i2pstreaming.endpoint.EndpointKit.SECONDS;
import static io.i2pstreaming.endpoint.EndpointKit.receive;
import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.connection.Connection;
import io.i2pstreaming.connection.PacketKind;
import io.i2pstreaming.connection.StreamPorts;
import io.i2pstreaming.endpoint.Outbox.Sent;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.SigningKeyType;
import io.i2pstreaming.wire.PacketFlags;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A8 A11 A16 SYNs that are refused or forged")
class SynAdmissionTest {
  private final Party us = new Party();
  private final Party peer = new Party();
  private final StreamingEndpoint endpoint = EndpointKit.endpoint(us.keys, 1);
  private final Outbox outbox = new Outbox();

  /** Refuses everybody and remembers whom. */
  private static final class Refusing implements StreamAcceptor {
    final List<Destination> asked = new ArrayList<>();

    @Override
    public @Nullable StreamPorts accept(Destination peer, int localPort, int remotePort) {
      asked.add(peer);
      return null;
    }

    @Override
    public void accepted(StreamPorts ports, Connection connection) {
      throw new AssertionError("it accepted nothing");
    }
  }

  private void assertRefused(Sent reset, int streamId) {
    assertThat(reset.kind).isEqualTo(PacketKind.RESET);
    assertThat(reset.to).isEqualTo(peer.destination());
    assertThat(reset.fromPort).isEqualTo(80);
    assertThat(reset.toPort).isEqualTo(1234);
    assertThat(reset.view().sendStreamId()).isEqualTo(streamId);
    assertThat(reset.view().flags()).isEqualTo(PacketFlags.RESET | PacketFlags.SIGNATURE_INCLUDED);
    LocalIdentity reader = new LocalIdentity(peer.keys);
    assertThat(new RemoteAuth(reader, us.destination()).verify(0, reset.view())).isTrue();
  }

  @Test
  void aSynToAPortWithoutListenerGetsASignedReset() {
    receive(endpoint, 0, peer.syn(us.destination(), 99));
    List<Sent> sent = outbox.drain(endpoint, 0);
    assertThat(sent).hasSize(1);
    assertRefused(sent.get(0), 99);
    assertThat(endpoint.stats().rejections().noListener()).isEqualTo(1);
    assertThat(endpoint.stats().resetsSent()).isEqualTo(1);
  }

  @Test
  void aFullBacklogGetsAResetAndTheAcceptorIsAskedEachTime() {
    Refusing acceptor = new Refusing();
    assertThat(endpoint.listen(80, acceptor)).isTrue();
    receive(endpoint, 0, peer.syn(us.destination(), 99));
    receive(endpoint, 0, peer.syn(us.destination(), 99));
    List<Sent> sent = outbox.drain(endpoint, 0);
    assertThat(sent).hasSize(2);
    assertRefused(sent.get(1), 99);
    assertThat(acceptor.asked).containsExactly(peer.destination(), peer.destination());
    assertThat(endpoint.stats().rejections().backlog()).isEqualTo(2);
    assertThat(endpoint.connections()).isEmpty();
  }

  @Test
  void portZeroTakesWhatNoOtherListenerTakes() {
    Refusing own = new Refusing();
    Refusing any = new Refusing();
    assertThat(endpoint.listen(80, own)).isTrue();
    assertThat(endpoint.listen(0, any)).isTrue();
    assertThat(endpoint.listen(80, any)).isFalse();
    byte[] syn = peer.syn(us.destination(), 5);
    endpoint.onDatagram(0, 1, 80, syn, 0, syn.length);
    endpoint.onDatagram(0, 1, 81, syn, 0, syn.length);
    assertThat(own.asked).hasSize(1);
    assertThat(any.asked).hasSize(1);
    endpoint.unlisten(80);
    endpoint.onDatagram(0, 1, 80, syn, 0, syn.length);
    assertThat(any.asked).hasSize(2);
  }

  @Test
  void aFlippedBitAnywhereCostsACounterAndNoAnswer() {
    endpoint.listen(0, new Refusing());
    byte[] syn = peer.syn(us.destination(), 99, new byte[] {1, 2, 3});
    int unanswered = 0;
    for (int bit = 0; bit < 8 * syn.length; bit += 5) {
      byte[] forged = syn.clone();
      forged[bit / 8] ^= (byte) (1 << (bit % 8));
      receive(endpoint, unanswered * MILLIS, forged);
      unanswered++;
    }
    assertThat(outbox.drain(endpoint, unanswered * MILLIS)).isEmpty();
    EndpointStats stats = endpoint.stats();
    assertThat(
            stats.badSignature()
                + stats.malformed()
                + stats.replayed()
                + stats.unknownStream()
                + stats.parkedPackets())
        .isEqualTo(unanswered);
    assertThat(stats.badSignature()).isGreaterThan(unanswered / 2);
  }

  @ParameterizedTest
  @EnumSource(
      value = SigningKeyType.class,
      names = {
        "DSA_SHA1",
        "ECDSA_SHA256_P256",
        "ECDSA_SHA384_P384",
        "ECDSA_SHA512_P521",
        "EDDSA_SHA512_ED25519"
      })
  void everyKindOfKeyIsVerified(SigningKeyType type) {
    Party other = new Party(type);
    Refusing acceptor = new Refusing();
    endpoint.listen(80, acceptor);
    byte[] syn = other.syn(us.destination(), 3);
    receive(endpoint, 0, syn);
    assertThat(acceptor.asked).containsExactly(other.destination());
    syn[syn.length - 1] ^= 1;
    receive(endpoint, 0, syn);
    assertThat(acceptor.asked).hasSize(1);
    assertThat(endpoint.stats().badSignature()).isEqualTo(1);
  }

  @Test
  void aSynForAnotherDestinationIsDroppedAndOneForNobodyAccepted() {
    Refusing acceptor = new Refusing();
    endpoint.listen(80, acceptor);
    receive(endpoint, 0, peer.syn(peer.destination(), 99));
    assertThat(endpoint.stats().replayed()).isEqualTo(1);
    assertThat(acceptor.asked).isEmpty();
    receive(endpoint, 0, peer.oldSyn(99));
    assertThat(acceptor.asked).hasSize(1);
  }

  @Test
  void aSynMustStartAtZeroAndCarryItsSender() {
    endpoint.listen(80, new Refusing());
    byte[] late = peer.syn(us.destination(), 99);
    late[11] = 1;
    receive(endpoint, 0, late);
    assertThat(endpoint.stats().malformed()).isEqualTo(1);
    assertThat(outbox.drain(endpoint, 0)).isEmpty();
  }

  @Test
  void resetsAreRateLimited() {
    for (int id = 1; id <= 500; id++) {
      receive(endpoint, id * MILLIS, peer.syn(us.destination(), id));
    }
    assertThat(outbox.drain(endpoint, 500 * MILLIS)).hasSizeBetween(1, 100);
    assertThat(endpoint.stats().rejections().noListener()).isEqualTo(500);
    receive(endpoint, 60 * SECONDS, peer.syn(us.destination(), 501));
    assertThat(outbox.drain(endpoint, 60 * SECONDS)).hasSize(1);
  }
}
