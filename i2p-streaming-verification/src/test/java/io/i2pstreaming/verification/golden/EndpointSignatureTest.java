package io.i2pstreaming.verification.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.connection.ByteSink;
import io.i2pstreaming.connection.ByteSource;
import io.i2pstreaming.connection.CloseReason;
import io.i2pstreaming.connection.CongestionAlgorithm;
import io.i2pstreaming.connection.Connection;
import io.i2pstreaming.connection.ConnectionConfig;
import io.i2pstreaming.connection.ConnectionListener;
import io.i2pstreaming.connection.InactivityAction;
import io.i2pstreaming.connection.StreamPorts;
import io.i2pstreaming.endpoint.EndpointConfig;
import io.i2pstreaming.endpoint.EndpointStats;
import io.i2pstreaming.endpoint.StreamAcceptor;
import io.i2pstreaming.endpoint.StreamingEndpoint;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.identity.SigningKeyType;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.i2p.client.streaming.impl.ReferenceCodec;
import net.i2p.client.streaming.impl.ReferenceIdentity;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SYNs that the reference library signed, taken in where the router's messages come in. */
@DisplayName("A11 the endpoint takes SYNs of every signature type and no changed one")
class EndpointSignatureTest {
  private static final long BEGIN = Duration.ofHours(5).toNanos();
  private static final long FAR_FUTURE = 4_000_000_000L;
  private static final long TODAY_MILLIS = 1_800_000_000_000L;

  private final DestinationKeys keys =
      DestinationKeys.generate(SigningKeyType.EDDSA_SHA512_ED25519, new SecureRandom());
  private final StreamingEndpoint endpoint =
      new StreamingEndpoint(new EndpointConfig(connections(), true), keys, new SplittableRandom(7));
  private final List<Destination> accepted = new ArrayList<>();
  private long now = BEGIN;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 11})
  void acceptsTheGenuineSynOnly(int type) {
    acceptsTheGenuineSynOnly(ReferenceIdentity.generate(type));
  }

  @ParameterizedTest
  @CsvSource({"7, 7", "0, 7", "1, 7", "7, 1", "11, 7"})
  void acceptsTransientKeys(int longTerm, int transientType) {
    acceptsTheGenuineSynOnly(
        ReferenceIdentity.generate(longTerm).withTransientKey(transientType, FAR_FUTURE));
  }

  @Test
  void refusesEd25519ph() {
    listen();
    receive(ReferenceCodec.write(syn(), ReferenceIdentity.generate(8)));
    assertThat(accepted).isEmpty();
    assertThat(endpoint.stats().badSignature()).isEqualTo(1);
  }

  private void acceptsTheGenuineSynOnly(ReferenceIdentity peer) {
    listen();
    byte[] packet = ReferenceCodec.write(syn(), peer);
    int changed = 0;
    for (int at = 0; at < packet.length; at += 1 + packet.length / 60) {
      byte[] forged = packet.clone();
      forged[at] ^= (byte) (1 << (at % 8));
      receive(forged);
      changed++;
    }
    EndpointStats stats = endpoint.stats();
    assertThat(accepted).isEmpty();
    assertThat(stats.connections()).isZero();
    assertThat(stats.packetsReceived()).isEqualTo(changed).isGreaterThan(30);
    assertThat(
            stats.badSignature()
                + stats.malformed()
                + stats.replayed()
                + stats.unknownStream()
                + stats.parkedPackets())
        .isEqualTo(changed);
    long badSignatures = stats.badSignature();
    assertThat(badSignatures).isGreaterThan(changed / 2);

    receive(packet);
    assertThat(accepted).hasSize(1);
    assertThat(accepted.get(0).bytes()).isEqualTo(peer.destination());
    assertThat(endpoint.stats().connections()).isEqualTo(1);
    assertThat(endpoint.stats().badSignature()).isEqualTo(badSignatures);
    assertThatTheAnswerIsOurs();
  }

  /** The SYN-ACK, read and verified by the reference library. */
  private void assertThatTheAnswerIsOurs() {
    List<byte[]> sent = new ArrayList<>();
    now += Duration.ofSeconds(1).toNanos();
    endpoint.onTimer(now);
    endpoint.emit(
        now,
        (to, fromPort, toPort, bytes, offset, length, kind, nonce, lifetime) ->
            sent.add(Arrays.copyOfRange(bytes, offset, offset + length)),
        10);
    assertThat(sent).isNotEmpty();
    ReferenceIdentity us = ReferenceIdentity.ofKeyFile(keys.toBytes());
    assertThat(ReferenceCodec.read(sent.get(0)).verifies(us)).isTrue();
    assertThat(PacketSignature.isValid(sent.get(0))).isTrue();
  }

  private PacketSample syn() {
    return PacketSample.syn(keys.destination().hash().bytes());
  }

  /** In the time that it takes to verify the costliest signatures. */
  private void receive(byte[] packet) {
    now += Duration.ofMillis(50).toNanos();
    endpoint.onDatagram(now, 0, 80, packet, 0, packet.length);
  }

  private void listen() {
    endpoint.onClock(now, TODAY_MILLIS);
    endpoint.listen(
        80,
        new StreamAcceptor() {
          @Override
          public StreamPorts accept(Destination peer, int localPort, int remotePort) {
            accepted.add(peer);
            return new StreamPorts(new Silence(), new Silence(), new Silence());
          }

          @Override
          public void accepted(StreamPorts ports, Connection connection) {
            // Nothing to do with it.
          }
        });
  }

  private static ConnectionConfig connections() {
    return new ConnectionConfig(
        6,
        128,
        1_730,
        Duration.ofMillis(3_500).toNanos(),
        Duration.ofMillis(100).toNanos(),
        1,
        Duration.ofSeconds(60).toNanos(),
        0,
        8,
        Duration.ofSeconds(90).toNanos(),
        InactivityAction.SEND,
        512 * 1024,
        CongestionAlgorithm.DELAY);
  }

  /** An application that says nothing and reads nothing. */
  private static final class Silence implements ByteSource, ByteSink, ConnectionListener {
    @Override
    public long writtenThrough() {
      return 0;
    }

    @Override
    public long flushedThrough() {
      return 0;
    }

    @Override
    public boolean finished() {
      return false;
    }

    @Override
    public void copy(long offset, byte[] target, int targetOffset, int length) {
      throw new IllegalStateException("there is nothing to copy");
    }

    @Override
    public void release(long offset) {
      // Nothing is held.
    }

    @Override
    public void deliver(byte[] bytes, int offset, int length) {
      // Nobody reads.
    }

    @Override
    public void endOfStream() {
      // Nobody reads.
    }

    @Override
    public int unread() {
      return 0;
    }

    @Override
    public boolean abandoned() {
      return false;
    }

    @Override
    public void connected() {
      // Nobody asks.
    }

    @Override
    public void closed(CloseReason reason) {
      // Nobody asks.
    }
  }
}
