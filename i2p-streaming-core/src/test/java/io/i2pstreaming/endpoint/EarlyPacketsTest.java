package io.i2pstreaming.endpoint;

import static io.i2pstreaming.endpoint.EndpointKit.receive;
import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.connection.Connection;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A1 packets before their SYN")
class EarlyPacketsTest {
  private final Party us = new Party();
  private final Party peer = new Party();
  private final StreamingEndpoint endpoint = EndpointKit.endpoint(us.keys, 1);

  @Test
  void areKeptForTenSecondsAtMost() {
    receive(endpoint, 0, peer.data(0, 42, 1, new byte[100]));
    assertThat(endpoint.stats().parkedPackets()).isEqualTo(1);
    assertThat(endpoint.nextDeadline()).isEqualTo(EarlyPackets.KEEP_NANOS);
    endpoint.onTimer(EarlyPackets.KEEP_NANOS - 1);
    assertThat(endpoint.stats().parkedPackets()).isEqualTo(1);
    endpoint.onTimer(EarlyPackets.KEEP_NANOS);
    assertThat(endpoint.stats().parkedPackets()).isZero();
    assertThat(endpoint.nextDeadline()).isEqualTo(Connection.NEVER);
  }

  @Test
  void areEightOfOneStreamAtMost() {
    for (int sequence = 1; sequence <= 20; sequence++) {
      receive(endpoint, 0, peer.data(0, 42, sequence, new byte[10]));
    }
    assertThat(endpoint.stats().parkedPackets()).isEqualTo(EarlyPackets.MAX_PACKETS_PER_ID);
    assertThat(endpoint.stats().unknownStream()).isEqualTo(12);
  }

  @Test
  void areBoundedInBytesForOneStreamAndForAll() {
    for (int sequence = 1; sequence <= 8; sequence++) {
      receive(endpoint, 0, peer.data(0, 1, sequence, new byte[3000]));
    }
    assertThat(endpoint.stats().parkedPackets()).isEqualTo(EarlyPackets.MAX_BYTES_PER_ID / 3022);
    for (int stream = 2; stream <= 1000; stream++) {
      receive(endpoint, 0, peer.data(0, stream, 1, new byte[3000]));
    }
    assertThat(endpoint.stats().parkedPackets()).isEqualTo(EarlyPackets.MAX_BYTES / 3022);
  }

  @Test
  void areBoundedInStreams() {
    for (int stream = 1; stream <= 1000; stream++) {
      receive(endpoint, 0, peer.data(0, stream, 1));
    }
    assertThat(endpoint.stats().parkedPackets()).isEqualTo(EarlyPackets.MAX_IDS);
    endpoint.onTimer(EarlyPackets.KEEP_NANOS);
    assertThat(endpoint.stats().parkedPackets()).isZero();
  }

  @Test
  void ofNoStreamOrWithoutUseAreDropped() {
    receive(endpoint, 0, peer.data(0, 0, 1));
    receive(endpoint, 0, peer.reset(0, 7));
    receive(endpoint, 0, peer.data(12345, 7, 1));
    assertThat(endpoint.stats().parkedPackets()).isZero();
    assertThat(endpoint.stats().unknownStream()).isEqualTo(3);
  }
}
