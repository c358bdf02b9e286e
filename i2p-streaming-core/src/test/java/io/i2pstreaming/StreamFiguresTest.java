package io.i2pstreaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.connection.ConnectionState;
import io.i2pstreaming.facade.StreamEnd;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("the figures of a stream without a connection")
class StreamFiguresTest {
  private final SilentLoop silent = new SilentLoop();

  @AfterEach
  void close() {
    silent.loop.close(0);
  }

  @Test
  void areZeroAndItsPortsBeforeItHasAnAnswer() {
    StreamEnd stream = silent.factory.outgoing(silent.numbers, 7, 80);
    StreamStats stats = StreamFigures.of(stream);
    assertThat(stats.id()).isEqualTo(stream.id());
    assertThat(stats.incoming()).isFalse();
    assertThat(stats.localPort()).isEqualTo(7);
    assertThat(stats.remotePort()).isEqualTo(80);
    assertThat(stats.age().isNegative()).isFalse();
    assertThat(stats.connection().state()).isEqualTo(ConnectionState.NEW);
    assertThat(stats.connection().packetsSent()).isZero();
  }

  @Test
  void areThePortOnlyBeforeItIsDialled() {
    StreamStats stats = StreamFigures.unconnected(7);
    assertThat(stats.localPort()).isEqualTo(7);
    assertThat(stats.remotePort()).isZero();
    assertThat(stats.age()).isEqualTo(Duration.ZERO);
    assertThat(stats.connection().state()).isEqualTo(ConnectionState.NEW);
  }
}
