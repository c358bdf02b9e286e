package io.i2pstreaming.endpoint;

import static io.i2pstreaming.endpoint.EndpointKit.MILLIS;
import static io.i2pstreaming.endpoint.EndpointKit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.connection.Connection;
import io.i2pstreaming.connection.StreamPorts;
import io.i2pstreaming.endpoint.Outbox.Sent;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.wire.PacketView;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * An attacker and an honest neighbour at one endpoint. Each attack has a price for us, in numbers,
 * and the neighbour's transfer of 400 KB each way ends at the same virtual moment as without it.
 */
@DisplayName("A3 A4 attacks cost little and harm no neighbour")
class AttackTest {
  private static final int BYTES = 400_000;
  private static final long LATENCY = 50 * MILLIS;
  private static final long TICK = 5 * MILLIS;
  private static final int ATTACKER_ID = 666;

  /** Something that an attacker does every few milliseconds. */
  private interface Attack {
    void strike(Scene scene, int round) throws Exception;
  }

  /** The endpoint under attack, its honest neighbour, and what the attacker gets to see. */
  private static final class Scene implements StreamAcceptor {
    final Party us = new Party();
    final Party honest = new Party();
    final Party attacker = new Party();
    final StreamingEndpoint victim = EndpointKit.endpoint(us.keys, 1);
    final StreamingEndpoint neighbour = EndpointKit.endpoint(honest.keys, 2);
    final Outbox outbox = new Outbox();
    final List<App> accepted = new ArrayList<>();
    final List<Sent> toAttacker = new ArrayList<>();
    final App dialler = new App();
    final List<Flying> flying = new ArrayList<>();
    String answer = "b".repeat(BYTES);
    long now;
    long tookNanos;

    private static final class Flying {
      final long at;
      final StreamingEndpoint to;
      final Sent sent;

      Flying(long at, StreamingEndpoint to, Sent sent) {
        this.at = at;
        this.to = to;
        this.sent = sent;
      }
    }

    @Override
    public StreamPorts accept(Destination from, int localPort, int remotePort) {
      App app = new App();
      app.write(answer);
      accepted.add(app);
      return app.ports();
    }

    @Override
    public void accepted(StreamPorts ports, Connection connection) {
      ((App) ports.source()).connection = connection;
    }

    App honestApp() {
      return accepted.get(0);
    }

    Connection attackersStream() {
      return accepted.get(1).connection;
    }

    void hit(byte[] packet) {
      victim.onDatagram(now, 7, 80, packet, 0, packet.length);
    }

    /** The neighbour's whole transfer, while the attacker does as it likes. */
    Scene play(Attack attack) throws Exception {
      victim.listen(80, this);
      dialler.write("a".repeat(BYTES));
      dialler.connection =
          EndpointKit.dial(neighbour, now, us.destination(), 5, 80, dialler.ports());
      int round = 0;
      while (tookNanos == 0) {
        exchange();
        now += TICK;
        deliver();
        if (!accepted.isEmpty()) {
          attack.strike(this, round++);
        }
        boolean done =
            !accepted.isEmpty()
                && dialler.read().length() == BYTES
                && honestApp().read().length() == BYTES;
        tookNanos = done ? now : 0;
        assertThat(now).as("the neighbour's transfer ends").isLessThan(100 * SECONDS);
      }
      assertThat(dialler.closed).isNull();
      assertThat(honestApp().closed).isNull();
      assertThat(dialler.read()).isEqualTo("b".repeat(BYTES));
      assertThat(honestApp().read()).isEqualTo("a".repeat(BYTES));
      return this;
    }

    private void exchange() {
      for (StreamingEndpoint from : List.of(victim, neighbour)) {
        if (from.nextDeadline() <= now) {
          from.onTimer(now);
        }
        for (Sent sent : outbox.drain(from, now)) {
          if (sent.to.equals(attacker.destination())) {
            toAttacker.add(sent);
          } else {
            StreamingEndpoint to = from == victim ? neighbour : victim;
            flying.add(new Flying(now + LATENCY, to, sent));
          }
        }
      }
    }

    private void deliver() {
      List<Flying> arrived = flying.stream().filter(flight -> flight.at <= now).toList();
      flying.removeAll(arrived);
      for (Flying it : arrived) {
        byte[] bytes = it.sent.bytes;
        it.to.onDatagram(now, it.sent.fromPort, it.sent.toPort, bytes, 0, bytes.length);
      }
    }

    /** The highest number that the attacker was sent. */
    long highestSent() {
      return toAttacker.stream()
          .map(Sent::view)
          .filter(view -> view.receiveStreamId() == attackersStream().receiveStreamId())
          .mapToLong(PacketView::sequence)
          .max()
          .orElse(0);
    }

    int bytesToAttacker() {
      return toAttacker.stream().mapToInt(sent -> sent.bytes.length).sum();
    }
  }

  private static Scene undisturbed() throws Exception {
    return new Scene().play((scene, round) -> {});
  }

  private static Scene under(Attack attack) throws Exception {
    Scene attacked = new Scene().play(attack);
    assertThat(attacked.tookNanos)
        .as("when the neighbour was done")
        .isEqualTo(undisturbed().tookNanos);
    return attacked;
  }

  @Test
  void forgedResetsAndClosesOfWhoKnowsBothIds() throws Exception {
    int[] struck = new int[1];
    Scene scene =
        under(
            (it, round) -> {
              int ours = it.honestApp().connection.receiveStreamId();
              int theirs = it.dialler.connection.receiveStreamId();
              for (byte[] forged :
                  List.of(
                      it.attacker.reset(ours, theirs),
                      it.attacker.resetFrom(ours, theirs, it.attacker.destination()),
                      it.attacker.resetFrom(ours, theirs, it.honest.destination()),
                      it.attacker.close(ours, theirs, 1000))) {
                it.hit(forged);
                struck[0]++;
              }
            });
    assertThat(struck[0]).isGreaterThan(500);
    assertThat(scene.toAttacker).isEmpty();
    assertThat(scene.victim.stats().connections()).isEqualTo(1);
    assertThat(scene.honestApp().connection.packetsIgnored()).isEqualTo(struck[0]);
    assertThat(scene.victim.totals().packetsSent()).isEqualTo(undisturbedPackets());
  }

  private static long undisturbedPackets() throws Exception {
    return undisturbed().victim.totals().packetsSent();
  }

  @Test
  void replayedSynsOfStreamsToSomebodyElse() throws Exception {
    Party elsewhere = new Party();
    int[] struck = new int[1];
    Scene scene =
        under(
            (it, round) -> {
              byte[] replayed = it.attacker.syn(elsewhere.destination(), ATTACKER_ID + round);
              for (int i = 0; i < 20; i++) {
                it.hit(replayed);
                struck[0]++;
              }
            });
    EndpointStats stats = scene.victim.stats();
    assertThat(stats.replayed()).isEqualTo(struck[0]).isGreaterThan(2_000);
    assertThat(stats.badSignature()).as("not even verified").isZero();
    assertThat(stats.connections()).isEqualTo(1);
    assertThat(scene.toAttacker).isEmpty();
  }

  @Test
  void numbersFarInTheFutureWithAndWithoutPayload() throws Exception {
    int[] struck = new int[1];
    Scene scene =
        under(
            (it, round) -> {
              if (round == 0) {
                it.hit(it.attacker.syn(it.us.destination(), ATTACKER_ID));
                return;
              }
              int ours = it.attackersStream().receiveStreamId();
              for (int i = 0; i < 20; i++) {
                long number = i % 2 == 0 ? 600L + i + 20L * round : 0xffff_ffffL - struck[0];
                it.hit(it.attacker.data(ours, ATTACKER_ID, number, new byte[i < 10 ? 0 : 1000]));
                struck[0]++;
              }
            });
    Connection stream = scene.attackersStream();
    assertThat(stream.packetsIgnored()).isEqualTo(struck[0]).isGreaterThan(2_000);
    assertThat(stream.stats().bytesReceived()).isZero();
    assertThat(stream.stats().duplicatesReceived()).isZero();
    assertThat(scene.victim.stats().parkedPackets()).isZero();
  }

  @Test
  void acksThatReportEverythingMissing() throws Exception {
    Scene scene =
        under(
            (it, round) -> {
              if (round == 0) {
                it.hit(it.attacker.syn(it.us.destination(), ATTACKER_ID));
                return;
              }
              int ours = it.attackersStream().receiveStreamId();
              long through = it.highestSent();
              long most = round % 2 == 0 ? 256 : Math.min(256, Math.max(1, through));
              long[] nacks = LongStream.range(1, most).toArray();
              for (int i = 0; i < 10; i++) {
                it.hit(it.attacker.ack(ours, ATTACKER_ID, through, nacks));
              }
            });
    Connection stream = scene.attackersStream();
    assertThat(stream.stats().inFlightPackets()).isLessThanOrEqualTo(124);
    assertThat(scene.highestSent()).as("numbers sent").isLessThanOrEqualTo(124);
    System.out.printf(
        "all missing: %d packets, %d bytes in %d ms, %s%n",
        scene.toAttacker.size(), scene.bytesToAttacker(), scene.now / MILLIS, stream.stats());
    assertThat(scene.bytesToAttacker()).isLessThan(BYTES);
  }

  @Test
  void acksOfWhatWasNeverSent() throws Exception {
    int[] struck = new int[1];
    Scene scene =
        under(
            (it, round) -> {
              if (round == 0) {
                it.hit(it.attacker.syn(it.us.destination(), ATTACKER_ID));
                return;
              }
              int ours = it.attackersStream().receiveStreamId();
              for (int i = 0; i < 20; i++) {
                it.hit(it.attacker.ack(ours, ATTACKER_ID, 500L + i * 100_000_000L));
                struck[0]++;
              }
            });
    Connection stream = scene.attackersStream();
    assertThat(stream.packetsIgnored()).isEqualTo(struck[0]).isGreaterThan(2_000);
    long inSynAck = 1730;
    assertThat(stream.stats().bytesAcknowledged()).isEqualTo(inSynAck);
    assertThat(scene.bytesToAttacker()).isLessThan(BYTES / 10);
  }

  @Test
  void acksOfWhatCannotHaveArrivedYet() throws Exception {
    Scene scene =
        under(
            (it, round) -> {
              if (round == 0) {
                it.hit(it.attacker.syn(it.us.destination(), ATTACKER_ID));
                return;
              }
              it.exchange();
              int ours = it.attackersStream().receiveStreamId();
              it.hit(it.attacker.ack(ours, ATTACKER_ID, it.highestSent()));
            });
    Connection stream = scene.attackersStream();
    System.out.printf(
        "optimistic: %d packets, %d bytes in %d ms, %s%n",
        scene.toAttacker.size(), scene.bytesToAttacker(), scene.now / MILLIS, stream.stats());
    assertThat(stream.stats().windowPackets()).isLessThanOrEqualTo(124);
    assertThat(stream.stats().bytesSent()).as("nothing is sent for it twice").isEqualTo(BYTES);
    assertThat(scene.toAttacker.size()).isLessThan(BYTES / 1_700 + 50);
  }
}
