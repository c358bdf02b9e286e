package io.i2pstreaming.endpoint;

import static io.i2pstreaming.endpoint.EndpointKit.CONNECTIONS;
import static io.i2pstreaming.endpoint.EndpointKit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.connection.CloseReason;
import io.i2pstreaming.connection.Connection;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A1 turns of the connections of one destination")
class ConnectionTurnsTest {
  private final LocalIdentity local = new LocalIdentity(new Party().keys);
  private final EndpointCounters counters = new EndpointCounters();
  private final StreamTally tally = new StreamTally(counters, false);
  private final ConnectionTable table = new ConnectionTable();
  private final EndpointOutput packets = new EndpointOutput(new DeliveryWatch(counters), counters);
  private final Outbox outbox = new Outbox();
  private final ConnectionTurns turns =
      new ConnectionTurns(
          table, new PeerPaths(new EndpointConfig(CONNECTIONS, true).sharing()), counters);
  private int nextId = 1;

  /** Dials from a port of its own, so that its packets are known by it. */
  private ConnectionEntry dial(App app) {
    RemoteAuth auth = new RemoteAuth(local, new Party().destination());
    int id = nextId++;
    ConnectionEntry entry = new ConnectionEntry(auth, null, id, 80, app, tally);
    app.connection = Connection.initiator(CONNECTIONS, null, id, auth, entry.tapped(app.ports()));
    entry.begun(app.connection, 0);
    table.add(entry);
    app.connection.open(0, 60 * SECONDS);
    turns.touch(0, entry);
    return entry;
  }

  private int emit(long now, int maxPackets) {
    return turns.emit(now, packets, outbox, maxPackets);
  }

  @Test
  void comeInTheOrderInWhichSomethingHappened() {
    ConnectionEntry first = dial(new App());
    dial(new App());
    dial(new App());
    turns.touch(0, first);
    assertThat(turns.hasOutput()).isTrue();
    assertThat(emit(0, 2)).isEqualTo(2);
    assertThat(emit(0, 64)).isEqualTo(1);
    assertThat(outbox.packets).extracting(sent -> sent.fromPort).containsExactly(1, 2, 3);
    assertThat(turns.hasOutput()).isFalse();
  }

  @Test
  void comeAgainAtTheSoonestDeadlineOfAll() {
    dial(new App());
    dial(new App());
    emit(0, 64);
    long soonest = turns.nextDeadline();
    assertThat(soonest).isEqualTo(CONNECTIONS.initialRtoNanos());
    turns.onTimer(soonest - 1);
    assertThat(turns.hasOutput()).isFalse();
    turns.onTimer(soonest);
    assertThat(emit(soonest, 64)).isEqualTo(2);
    assertThat(turns.nextDeadline()).isGreaterThan(soonest);
  }

  @Test
  void areOverForAConnectionThatIsOver() {
    App app = new App();
    ConnectionEntry entry = dial(app);
    app.connection.abort(0, CloseReason.RESET_LOCALLY);
    turns.touch(0, entry);
    emit(0, 64);
    assertThat(entry.removed).isTrue();
    assertThat(table.entries()).isEmpty();
    assertThat(table.knows(1)).as("its id is not used again soon").isTrue();
    assertThat(turns.nextDeadline()).isEqualTo(Connection.NEVER);
  }

  @Test
  void areOverForAllWhenTheSessionIs() {
    App first = new App();
    App second = new App();
    dial(first);
    dial(second);
    turns.abandonAll(0, CloseReason.ROUTER_LOST);
    assertThat(first.closed).isEqualTo(CloseReason.ROUTER_LOST);
    assertThat(second.closed).isEqualTo(CloseReason.ROUTER_LOST);
    assertThat(table.entries()).isEmpty();
    assertThat(turns.hasOutput()).isFalse();
    assertThat(turns.nextDeadline()).isEqualTo(Connection.NEVER);
    assertThat(tally.streams()).isZero();
  }
}
