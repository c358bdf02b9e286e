package io.i2pstreaming.endpoint;

import static io.i2pstreaming.endpoint.EndpointKit.MILLIS;
import static io.i2pstreaming.endpoint.EndpointKit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.connection.CloseReason;
import io.i2pstreaming.connection.Connection;
import io.i2pstreaming.connection.ConnectionState;
import io.i2pstreaming.connection.DeliveryOutcome;
import io.i2pstreaming.connection.PacketKind;
import io.i2pstreaming.connection.StreamPorts;
import io.i2pstreaming.endpoint.Outbox.Sent;
import io.i2pstreaming.identity.Destination;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A8 A16 what is remembered of a closed stream, and what for")
class TimeWaitTest {
  private static final int STREAMS = 2_000;

  /** What the first streams cost is not the streams' alone: classes and tables. */
  private static final int WARM_UP = 200;

  private static final int AT_ONCE = 50;

  /** Half of what an open one takes. The figure, printed, is about 240. */
  private static final long MOST_BYTES = 480;

  /** Between two looks at a heap that nobody uses. */
  private static final long STABLE_BYTES = 16 * 1024;

  private static final int MOST_LOOKS = 10;

  private final Party us = new Party();
  private final Party peer = new Party();
  private final StreamingEndpoint dialling = EndpointKit.endpoint(us.keys, 1);
  private final Outbox outbox = new Outbox();
  private long now;

  /** The last packet of the peer that says CLOSE, and what we said last. */
  private Sent lastClose;

  private Sent lastAck;

  /** Opens streams to a new endpoint of the peer and closes them, this side first. */
  private List<App> openAndClose(int count) {
    StreamingEndpoint serving = EndpointKit.endpoint(peer.keys, 2);
    List<App> accepted = new ArrayList<>();
    serving.listen(80, acceptor(accepted));
    List<App> dialled = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      App app = new App();
      app.connection = EndpointKit.dial(dialling, now, peer.destination(), 1, 80, app.ports());
      dialled.add(app);
    }
    run(serving, () -> dialled.stream().allMatch(app -> app.connected));
    dialled.forEach(App::finish);
    dialled.forEach(app -> dialling.onWritten(now, app.connection));
    run(serving, () -> accepted.stream().allMatch(app -> app.sawEnd));
    accepted.forEach(App::finish);
    accepted.forEach(app -> serving.onWritten(now, app.connection));
    run(serving, () -> serving.connections().isEmpty());
    assertThat(dialled).allMatch(app -> app.closed == CloseReason.CLEAN);
    return dialled;
  }

  private static StreamAcceptor acceptor(List<App> accepted) {
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

  private void run(StreamingEndpoint serving, BooleanSupplier done) {
    for (int step = 0; step < 10_000 && !done.getAsBoolean(); step++) {
      List<Sent> there = outbox.drain(dialling, now);
      List<Sent> back = outbox.drain(serving, now);
      now += MILLIS;
      for (Sent sent : there) {
        serving.onDatagram(now, sent.fromPort, sent.toPort, sent.bytes, 0, sent.bytes.length);
        dialling.onDelivery(now, sent.nonce, DeliveryOutcome.DELIVERED);
        lastAck = sent.kind == PacketKind.ACK ? sent : lastAck;
      }
      for (Sent sent : back) {
        receive(sent);
        lastClose = sent.kind == PacketKind.CLOSE ? sent : lastClose;
      }
      dialling.onTimer(now);
      serving.onTimer(now);
    }
    assertThat(done.getAsBoolean()).isTrue();
  }

  private void receive(Sent sent) {
    dialling.onDatagram(now, sent.fromPort, sent.toPort, sent.bytes, 0, sent.bytes.length);
  }

  @Test
  void aStreamThatIsOverTakesTheSpaceOfItsTableEntry() {
    openAndClose(WARM_UP);
    long before = heapInUse();
    for (int done = 0; done < STREAMS; done += AT_ONCE) {
      openAndClose(AT_ONCE);
    }
    long each = (heapInUse() - before) / STREAMS;
    System.out.printf("FIGURE %d streams in TIME-WAIT: %d bytes of heap each%n", STREAMS, each);
    assertThat(now).as("all of them are still there").isLessThan(60 * SECONDS);
    assertThat(dialling.stats().connections()).isEqualTo(WARM_UP + STREAMS);
    assertThat(each).isLessThanOrEqualTo(MOST_BYTES);
    dialling.onTimer(now + 60 * SECONDS);
    assertThat(dialling.stats().connections()).isZero();
  }

  @Test
  void thePeerThatMissedTheLastAckHearsItAgainWordForWord() {
    App app = openAndClose(1).get(0);
    assertThat(app.connection.state()).isEqualTo(ConnectionState.TIME_WAIT);
    for (int repeat = 0; repeat < 3; repeat++) {
      now += 40 * SECONDS;
      dialling.onTimer(now);
      receive(lastClose);
      List<Sent> said = outbox.drain(dialling, now);
      assertThat(said).hasSize(1);
      assertThat(said.get(0).bytes).isEqualTo(lastAck.bytes);
    }
    dialling.onTimer(now + 60 * SECONDS);
    assertThat(app.connection.isFinished()).isTrue();
    receive(lastClose);
    assertThat(outbox.drain(dialling, now)).isEmpty();
  }

  @Test
  void theFiguresOfTheEndStayInTheTotalsAndAreNotCountedTwice() {
    App app = new App();
    List<App> accepted = new ArrayList<>();
    StreamingEndpoint serving = EndpointKit.endpoint(peer.keys, 2);
    serving.listen(80, acceptor(accepted));
    app.connection = EndpointKit.dial(dialling, now, peer.destination(), 1, 80, app.ports());
    app.write("12345");
    run(serving, () -> accepted.size() == 1 && accepted.get(0).read().length() == 5);
    assertThat(dialling.totals().bytesSent()).isEqualTo(5);
    run(serving, () -> app.connected);
    dialling.abort(now, app.connection, CloseReason.RESET_LOCALLY);
    assertThat(app.connection.state()).isEqualTo(ConnectionState.TIME_WAIT);
    assertThat(dialling.totals().bytesSent()).isEqualTo(5);
    dialling.onTimer(now + 30 * SECONDS);
    assertThat(app.connection.isFinished()).isTrue();
    assertThat(dialling.totals().bytesSent()).isEqualTo(5);
  }

  private static long heapInUse() {
    long before = Long.MAX_VALUE;
    for (int look = 0; look < MOST_LOOKS; look++) {
      System.gc();
      long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      if (Math.abs(before - used) < STABLE_BYTES) {
        return used;
      }
      before = used;
    }
    return before;
  }
}
