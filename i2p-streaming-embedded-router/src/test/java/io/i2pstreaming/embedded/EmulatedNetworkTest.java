package io.i2pstreaming.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C2, C3 the seeded network under virtual time")
class EmulatedNetworkTest {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long PLENTY = 1L << 30;

  private final NetworkConditions perfect = NetworkConditions.perfect();

  /** What came out, when, and of which message: the tag is the number of the message. */
  private record Arrival(long time, String to, long tag, int flippedBits) {}

  @Test
  void carriesAMessageUnchangedAfterExactlyTheLatency() {
    EmulatedNetwork<String> network =
        network(1, perfect.withLatency(Duration.ofMillis(100), Duration.ZERO));
    byte[] bytes = {9, 1, 2, 3, 9};

    network.send(5, "a", "b", bytes, 1, 3, 77);
    bytes[1] = 66;

    assertThat(network.nextDeadline()).isEqualTo(5 + 100 * MILLI);
    assertThat(network.deliver(4 + 100 * MILLI, (now, from, to, got, tag) -> {})).isZero();
    List<String> arrived = new ArrayList<>();
    int count =
        network.deliver(
            5 + 100 * MILLI,
            (now, from, to, got, tag) -> {
              assertThat(got).containsExactly(1, 2, 3);
              arrived.add(from + to + tag + now);
            });
    assertThat(count).isEqualTo(1);
    assertThat(arrived).containsExactly("ab77" + (5 + 100 * MILLI));
    assertThat(network.nextDeadline()).isEqualTo(EmulatedNetwork.NEVER);
  }

  @Test
  void keepsTheOrderWithoutJitter() {
    List<Arrival> arrivals =
        run(2, perfect.withLatency(Duration.ofMillis(20), Duration.ZERO), 1_000, 0);
    assertThat(tags(arrivals)).isSorted().hasSize(1_000);
  }

  @Test
  void losesTheShareItIsToldTo() {
    EmulatedNetwork<String> network = network(3, perfect.withLoss(0.1, 0));
    List<Arrival> arrivals = run(network, 20_000, MILLI);

    assertThat(arrivals.size() / 20_000.0).isCloseTo(0.9, within(0.01));
    assertThat(network.stats().lost()).isEqualTo(20_000 - arrivals.size());
  }

  @Test
  void losesSeveralInARowInABurst() {
    List<Arrival> arrivals = run(4, perfect.withLoss(0, 0.01), 50_000, MILLI);

    List<Long> runs = new ArrayList<>();
    long expected = 0;
    for (Arrival arrival : arrivals) {
      if (arrival.tag() > expected) {
        runs.add(arrival.tag() - expected);
      }
      expected = arrival.tag() + 1;
    }
    assertThat(runs).hasSizeBetween(350, 650).allMatch(run -> run >= DirectedLink.SHORTEST_BURST);
    double mean = runs.stream().mapToLong(run -> run).average().orElseThrow();
    assertThat(mean).isCloseTo(5, within(0.4));
  }

  @Test
  void aBurstEndsWhenBurstsAreSwitchedOff() {
    EmulatedNetwork<String> network = network(4, perfect.withLoss(0, 1));
    assertThat(run(network, 1, MILLI)).as("the first message begins a burst").isEmpty();

    network.conditions(MILLI, perfect);

    assertThat(run(network, 10, MILLI)).hasSize(10);
  }

  @Test
  void duplicatesTheShareItIsToldTo() {
    EmulatedNetwork<String> network = network(5, perfect.withFaults(0.05, 0, 0));
    List<Arrival> arrivals = run(network, 20_000, MILLI);

    assertThat(arrivals.size() / 20_000.0).isCloseTo(1.05, within(0.005));
    assertThat(network.stats().duplicated()).isEqualTo(arrivals.size() - 20_000);
    assertThat(tags(arrivals).stream().distinct().count()).isEqualTo(20_000);
  }

  @Test
  void letsLaterMessagesOvertakeOneThatIsHeldBack() {
    EmulatedNetwork<String> network =
        network(6, perfect.withLatency(Duration.ofMillis(50), Duration.ZERO).withFaults(0, 0.1, 0));
    List<Arrival> arrivals = run(network, 10_000, MILLI);

    assertThat(network.stats().reordered() / 10_000.0).isCloseTo(0.1, within(0.01));
    assertThat(tags(arrivals)).hasSize(10_000).doesNotHaveDuplicates();
    assertThat(overtaken(arrivals)).isCloseTo(network.stats().reordered(), within(50L));
  }

  @Test
  void jitterSpreadsDelaysEvenlyAndAloneReorders() {
    List<Arrival> arrivals =
        run(7, perfect.withLatency(Duration.ofMillis(100), Duration.ofMillis(30)), 20_000, MILLI);

    double sum = 0;
    for (Arrival arrival : arrivals) {
      long delay = arrival.time() - arrival.tag() * MILLI;
      assertThat(delay).isBetween(70 * MILLI, 130 * MILLI);
      sum += delay;
    }
    assertThat(sum / arrivals.size()).isCloseTo(100.0 * MILLI, within(0.5 * MILLI));
    assertThat(overtaken(arrivals)).isGreaterThan(5_000);
  }

  @Test
  void jitterNeverMakesADelayNegative() {
    List<Arrival> arrivals =
        run(8, perfect.withLatency(Duration.ofMillis(1), Duration.ofMillis(5)), 1_000, MILLI);
    assertThat(arrivals).allMatch(arrival -> arrival.time() >= arrival.tag() * MILLI);
  }

  @Test
  void flipsExactlyOneBitOfADamagedMessageAndNoneOfItsDuplicate() {
    EmulatedNetwork<String> network = network(9, perfect.withFaults(1, 0, 0.2));
    List<Arrival> arrivals = run(network, 10_000, MILLI);

    long damaged = arrivals.stream().filter(arrival -> arrival.flippedBits() == 1).count();
    assertThat(arrivals).hasSize(20_000).allMatch(arrival -> arrival.flippedBits() <= 1);
    assertThat(damaged).isEqualTo(network.stats().corrupted());
    assertThat(damaged / 10_000.0).isCloseTo(0.2, within(0.015));
  }

  @Test
  void shapesTrafficToTheBandwidth() {
    EmulatedNetwork<String> network =
        network(
            10,
            perfect
                .withLatency(Duration.ofMillis(10), Duration.ZERO)
                .withBandwidth(100_000, 1 << 20));
    byte[] kilobyte = new byte[1_000];
    for (int i = 0; i < 200; i++) {
      network.send(0, "a", "b", kilobyte, 0, 1_000, i);
    }
    List<Long> times = new ArrayList<>();
    drain(network, (now, from, to, bytes, tag) -> times.add(now));

    assertThat(times).hasSize(200);
    for (int i = 0; i < 200; i++) {
      assertThat(times.get(i)).isEqualTo((i + 2) * 10L * MILLI);
    }
  }

  @Test
  void aLateCallCostsTheLinkNoBandwidth() {
    EmulatedNetwork<String> network = network(11, perfect.withBandwidth(100_000, 1 << 20));
    for (int i = 0; i < 10; i++) {
      network.send(0, "a", "b", new byte[1_000], 0, 1_000, i);
    }
    assertThat(network.deliver(50 * MILLI, (now, from, to, bytes, tag) -> {})).isEqualTo(5);
    assertThat(network.nextDeadline()).isEqualTo(60 * MILLI);
  }

  @Test
  void dropsAndCountsWhatTheQueueCannotHold() {
    EmulatedNetwork<String> network = network(12, perfect.withBandwidth(1_000, 5_000));
    for (int i = 0; i < 100; i++) {
      network.send(0, "a", "b", new byte[1_000], 0, 1_000, i);
    }
    assertThat(network.stats().overflowed()).isEqualTo(95);
    assertThat(network.stats().inFlight()).isEqualTo(5);
    List<Long> tags = new ArrayList<>();
    drain(network, (now, from, to, bytes, tag) -> tags.add(tag));
    assertThat(tags).containsExactly(0L, 1L, 2L, 3L, 4L);
  }

  @Test
  void aNewBandwidthAppliesToWhatIsQueued() {
    EmulatedNetwork<String> network = network(13, perfect.withBandwidth(1, 1 << 20));
    for (int i = 0; i < 100; i++) {
      network.send(0, "a", "b", new byte[1_000], 0, 1_000, i);
    }
    network.conditions(7, perfect);
    network.send(7, "a", "b", new byte[1], 0, 1, 100);

    List<Long> tags = new ArrayList<>();
    drain(
        network,
        (now, from, to, bytes, tag) -> {
          assertThat(now).isEqualTo(7);
          tags.add(tag);
        });
    assertThat(tags).hasSize(101).isSorted();
  }

  @Test
  void boundsWhatIsUnderWayInAll() {
    int cost = 1_000 + EmulatedNetwork.MESSAGE_OVERHEAD;
    EmulatedNetwork<String> network = new EmulatedNetwork<>(14, perfect, 10L * cost);
    for (int i = 0; i < 25; i++) {
      network.send(0, "a", "b" + i, new byte[1_000], 0, 1_000, i);
    }
    assertThat(network.stats().inFlight()).isEqualTo(10);
    assertThat(network.stats().overflowed()).isEqualTo(15);
    network.deliver(0, (now, from, to, bytes, tag) -> {});
    assertThat(network.stats().inFlight()).isZero();
    network.send(0, "a", "b", new byte[1_000], 0, 1_000, 0);
    assertThat(network.stats().inFlight()).isEqualTo(1);
  }

  @Test
  void boundsItsLinksAndForgetsThoseOfAKeyThatIsGone() {
    EmulatedNetwork<Integer> network = new EmulatedNetwork<>(15, perfect, PLENTY);
    for (int i = 0; i <= EmulatedNetwork.MAX_LINKS; i++) {
      network.send(0, -1, i, new byte[1], 0, 1, 0);
    }
    assertThat(network.stats().overflowed()).isEqualTo(1);
    network.forget(-1);
    network.send(0, -2, 0, new byte[1], 0, 1, 0);
    assertThat(network.stats().overflowed()).isEqualTo(1);
    assertThat(network.deliver(0, (now, from, to, bytes, tag) -> {}))
        .isEqualTo(EmulatedNetwork.MAX_LINKS + 1);
  }

  @Test
  void aLinkCanHaveConditionsOfItsOwnInOneDirection() {
    EmulatedNetwork<String> network =
        network(16, perfect.withLatency(Duration.ofMillis(10), Duration.ZERO));
    network.conditions(0, "a", "b", perfect.withLatency(Duration.ofMillis(99), Duration.ZERO));
    network.forget("a");
    network.send(0, "a", "b", new byte[1], 0, 1, 1);
    network.send(0, "b", "a", new byte[1], 0, 1, 2);
    network.conditions(0, "a", "b", null);
    network.send(0, "a", "b", new byte[1], 0, 1, 3);

    List<String> arrivals = new ArrayList<>();
    drain(network, (now, from, to, bytes, tag) -> arrivals.add(tag + "@" + now / MILLI));
    assertThat(arrivals).containsExactly("2@10", "3@10", "1@99");
  }

  @Test
  void deliversWhatTheSinkSendsOnlyByALaterCall() {
    EmulatedNetwork<String> network = network(17, perfect);
    network.send(0, "a", "b", new byte[1], 0, 1, 0);
    EmulatedNetwork.Sink<String> echo =
        (now, from, to, bytes, tag) -> network.send(now, to, from, bytes, 0, 1, tag + 1);

    assertThat(network.deliver(0, echo)).isEqualTo(1);
    assertThat(network.nextDeadline()).isZero();
    assertThat(network.deliver(0, echo)).isEqualTo(1);
  }

  @Test
  void theSameSeedGivesTheSameArrivalsAndAnotherSeedOthers() {
    NetworkConditions rough = rough();
    assertThat(run(18, rough, 5_000, MILLI)).isEqualTo(run(18, rough, 5_000, MILLI));
    assertThat(run(18, rough, 5_000, MILLI)).isNotEqualTo(run(19, rough, 5_000, MILLI));
  }

  @Test
  void aSeedCanBeginAnewAtAnyTime() {
    EmulatedNetwork<String> used = network(19, rough());
    used.conditions(0, "c", "d", perfect);
    run(used, 500, MILLI);
    used.reseed(18);
    EmulatedNetwork<String> fresh = network(18, rough());
    fresh.conditions(0, "c", "d", perfect);
    assertThat(run(used, 5_000, MILLI)).isEqualTo(run(fresh, 5_000, MILLI));
    used.conditions(0, perfect);
    used.conditions(0, "c", "d", null);
    used.conditions(0, "a", "b", rough());
    run(used, 500, MILLI);
    used.reseed(18);
    assertThat(run(used, 5_000, MILLI)).as("own conditions stay").isEqualTo(run(18, rough()));
  }

  @Test
  void changingOneConditionLeavesTheOtherDecisionsOfASeedAlone() {
    NetworkConditions lossy = perfect.withLoss(0.2, 0.01);
    List<Long> still = tags(run(20, lossy, 2_000, MILLI));
    List<Long> slow =
        tags(run(20, lossy.withLatency(Duration.ofMillis(40), Duration.ZERO), 2_000, MILLI));
    assertThat(slow).isEqualTo(still);
  }

  @Test
  void everyMessageIsAccountedFor() {
    EmulatedNetwork<String> network = network(21, rough().withBandwidth(50_000, 3_000));
    for (int i = 0; i < 5_000; i++) {
      network.send(i * MILLI, "a", i % 3 == 0 ? "b" : "c", new byte[100], 0, 100, i);
      network.deliver(i * MILLI, (now, from, to, bytes, tag) -> {});
      NetworkStats stats = network.stats();
      assertThat(stats.sent() + stats.duplicated())
          .isEqualTo(stats.delivered() + stats.lost() + stats.overflowed() + stats.inFlight());
    }
    NetworkStats stats = network.stats();
    assertThat(stats.lost()).isPositive();
    assertThat(stats.overflowed()).isPositive();
    assertThat(stats.inFlight()).isPositive();
  }

  private NetworkConditions rough() {
    return perfect
        .withLatency(Duration.ofMillis(30), Duration.ofMillis(20))
        .withLoss(0.1, 0.02)
        .withFaults(0.05, 0.1, 0.05);
  }

  private static EmulatedNetwork<String> network(long seed, NetworkConditions conditions) {
    return new EmulatedNetwork<>(seed, conditions, PLENTY);
  }

  private static List<Arrival> run(long seed, NetworkConditions conditions) {
    return run(seed, conditions, 5_000, MILLI);
  }

  private static List<Arrival> run(
      long seed, NetworkConditions conditions, int messages, long interval) {
    return run(network(seed, conditions), messages, interval);
  }

  /** Sends numbered messages at even intervals, and collects everything that arrives. */
  private static List<Arrival> run(EmulatedNetwork<String> network, int messages, long interval) {
    List<Arrival> arrivals = new ArrayList<>();
    EmulatedNetwork.Sink<String> sink =
        (now, from, to, bytes, tag) -> {
          byte[] whole = content(tag);
          int flipped = 0;
          for (int i = 0; i < whole.length; i++) {
            flipped += Integer.bitCount((whole[i] ^ bytes[i]) & 0xff);
          }
          arrivals.add(new Arrival(now, to, tag, flipped));
        };
    for (int i = 0; i < messages; i++) {
      long now = i * interval;
      while (network.nextDeadline() <= now) {
        network.deliver(network.nextDeadline(), sink);
      }
      network.send(now, "a", "b", content(i), 0, content(i).length, i);
    }
    drain(network, sink);
    return arrivals;
  }

  private static void drain(EmulatedNetwork<String> network, EmulatedNetwork.Sink<String> sink) {
    while (network.nextDeadline() != EmulatedNetwork.NEVER) {
      network.deliver(network.nextDeadline(), sink);
    }
  }

  private static byte[] content(long number) {
    return ByteBuffer.allocate(24).putLong(number).putLong(~number).putLong(number * 31).array();
  }

  private static List<Long> tags(List<Arrival> arrivals) {
    return arrivals.stream().map(Arrival::tag).toList();
  }

  /** How many messages arrived after one that was sent later. */
  private static long overtaken(List<Arrival> arrivals) {
    long highest = -1;
    long overtaken = 0;
    for (Arrival arrival : arrivals) {
      if (arrival.tag() < highest) {
        overtaken++;
      }
      highest = Math.max(highest, arrival.tag());
    }
    return overtaken;
  }
}
