package io.i2pstreaming.verification.simulation;

import static io.i2pstreaming.verification.simulation.BrokenInvariant.require;

import io.i2pstreaming.embedded.NetworkConditions;
import io.i2pstreaming.identity.Destination;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One run: owns the time and everything that happens in it. The hosts run the production endpoint;
 * nothing else of the world is real, and nothing is left to chance but the seed.
 */
final class Simulation {
  private static final long NEVER = Long.MAX_VALUE;
  private static final long SECONDS = 1_000_000_000L;

  /** After this long on a good network nothing may be left. */
  private static final long ENDS_WITHIN_NANOS = 1_200 * SECONDS;

  private static final int MAX_STEPS = 2_000_000;
  private static final int MAX_STEPS_AT_ONE_MOMENT = 20_000;
  private static final int FIRST_PORT = 1000;

  /** An excerpt of a run that is over. */
  record Outcome(
      long seed, long traceHash, long events, long virtualNanos, boolean heavy, Marks marks) {}

  private record Planned(long at, Runnable what) {}

  private final Scenario scenario;
  private final UnaryOperator<byte[]> sabotage;
  private final Trace trace;
  private final Marks marks = new Marks();
  private final List<Host> hosts = new ArrayList<>();
  private final Carrier carrier;
  private final List<SimulatedStream> diallers = new ArrayList<>();
  private final List<SimulatedStream> answerers = new ArrayList<>();
  private final PriorityQueue<Planned> plan =
      new PriorityQueue<>(Comparator.comparingLong(Planned::at));
  private final Set<List<Integer>> syns = new HashSet<>();
  private final Map<Integer, Integer> numbers = new HashMap<>();
  private long now;
  private boolean heavyInTime;

  private Simulation(Scenario scenario, Trace trace, UnaryOperator<byte[]> sabotage) {
    this.scenario = scenario;
    this.sabotage = sabotage;
    this.trace = trace;
    for (int i = 0; i < scenario.hosts(); i++) {
      hosts.add(
          new Host(
              this,
              i,
              Identities.ofHost(i),
              scenario.configs().get(i),
              scenario.hosts(),
              Scenario.stream(scenario.seed(), "host " + i)));
    }
    long networkSeed = Scenario.stream(scenario.seed(), "carrier").nextLong();
    carrier =
        scenario.throughI2cp()
            ? new RouterCarrier(networkSeed, scenario.network(), hosts)
            : new DirectCarrier(networkSeed, scenario.network(), hosts);
    marks.hit(Mark.THROUGH_I2CP, scenario.throughI2cp() ? 1 : 0);
    draw();
  }

  /** Plays the run of a seed; what breaks says how to play it again. */
  static Outcome run(long seed, @Nullable PrintStream text) {
    return run(seed, text, UnaryOperator.identity());
  }

  /**
   * The same, with every arriving packet changed in a way that no checksum sees: to show that the
   * checks can fail.
   */
  static Outcome run(long seed, @Nullable PrintStream text, UnaryOperator<byte[]> sabotage) {
    return play(seed, new Trace(text, null), sabotage);
  }

  /** Plays the run of a seed with a trace of the caller's. */
  static Outcome traced(long seed, Trace trace) {
    return play(seed, trace, UnaryOperator.identity());
  }

  private static Outcome play(long seed, Trace trace, UnaryOperator<byte[]> sabotage) {
    try {
      return new Simulation(Scenario.of(seed), trace, sabotage).play();
    } catch (RuntimeException | AssertionError broken) {
      throw new AssertionError(
          "seed "
              + seed
              + ": "
              + broken.getMessage()
              + "\n  replay with its trace: mvn -pl i2p-streaming-verification -am test"
              + " -Dtest=ReplaySeedTest -Dseed="
              + seed
              + " -Dsurefire.failIfNoSpecifiedTests=false"
              + "\n  its end:\n"
              + end(seed, sabotage),
          broken);
    }
  }

  /** Plays a seed that failed again, for the end of its trace. */
  private static String end(long seed, UnaryOperator<byte[]> sabotage) {
    LastLines end = new LastLines();
    Trace trace = new Trace(new PrintStream(end, false, StandardCharsets.UTF_8), null);
    try {
      new Simulation(Scenario.of(seed), trace, sabotage).play();
      return "it does not fail again: something in it is not a function of the seed";
    } catch (RuntimeException | AssertionError again) {
      return end.toString();
    }
  }

  static Outcome run(long seed) {
    return run(seed, null);
  }

  /** A port of its own for every dialler. */
  static int portOf(int streamNumber) {
    return FIRST_PORT + streamNumber;
  }

  private void draw() {
    for (int i = 0; i < scenario.dials().size(); i++) {
      Scenario.Dial dial = scenario.dials().get(i);
      long key = Scenario.stream(scenario.seed(), "stream " + i).nextLong();
      SimulatedStream dialler =
          new SimulatedStream(hosts.get(dial.from()), dial.dialler(), key, true, "dialler " + i);
      Host far = hosts.get(Math.max(0, dial.to()));
      SimulatedStream answerer =
          new SimulatedStream(far, dial.answerer(), key, false, "answerer " + i);
      dialler.meets(answerer);
      answerer.meets(dialler);
      diallers.add(dialler);
      answerers.add(answerer);
      int number = i;
      plan(
          dial.at(),
          () -> hosts.get(dial.from()).dial(now, at(dial.to()), number, dial.port(), dialler));
    }
    scenario.pings().forEach(p -> plan(p.at(), () -> hosts.get(p.from()).ping(now, at(p.to()))));
    scenario.routerLosses().forEach(l -> plan(l.at(), () -> hosts.get(l.host()).loseRouter(now)));
    scenario.blackouts().forEach(this::planBlackout);
    plan(scenario.healsAt(), this::heal);
  }

  /** Part of the bad network: when that heals, there is none, and none ends later. */
  private void planBlackout(Scenario.Blackout blackout) {
    NetworkConditions network = scenario.network();
    if (blackout.from() < scenario.healsAt()) {
      plan(blackout.from(), () -> marks.hit(Mark.BLACKOUT));
      plan(blackout.from(), () -> carrier.conditions(now, network.withLoss(1, 0)));
    }
    if (blackout.until() < scenario.healsAt()) {
      plan(blackout.until(), () -> carrier.conditions(now, network));
    }
  }

  private void plan(long at, Runnable what) {
    plan.add(new Planned(at, what));
  }

  private Destination at(int host) {
    return host == Scenario.NOWHERE ? Identities.nobody() : hosts.get(host).destination();
  }

  private void heal() {
    trace.note(now, -1, "the network heals");
    heavyInTime =
        scenario.heavy()
            && diallers.get(0).deliveredBytes() >= 65_536
            && answerers.get(0).deliveredBytes() >= 65_536;
    NetworkConditions good =
        NetworkConditions.perfect().withLatency(Duration.ofMillis(20), Duration.ZERO);
    carrier.conditions(now, good);
  }

  private Outcome play() {
    int atThisMoment = 0;
    for (int step = 0; step < MAX_STEPS; step++) {
      long next = next();
      if (next == NEVER && carrier.isQuiet()) {
        return finish();
      }
      next = Math.min(next, carrier.nextDeadline());
      require(next != NEVER, "nothing will happen, but something is under way");
      atThisMoment = next > now ? 0 : atThisMoment + 1;
      require(atThisMoment < MAX_STEPS_AT_ONE_MOMENT, "time stands still");
      now = Math.max(now, next);
      require(now < scenario.healsAt() + ENDS_WITHIN_NANOS, "something does not end");
      while (!plan.isEmpty() && plan.peek().at <= now) {
        plan.remove().what.run();
      }
      carrier.advance(now);
      for (Host host : hosts) {
        host.onTime(now);
      }
    }
    throw new BrokenInvariant("more than " + MAX_STEPS + " steps");
  }

  private long next() {
    long next = plan.isEmpty() ? NEVER : plan.peek().at;
    for (Host host : hosts) {
      next = Math.min(next, host.nextDeadline());
    }
    return next;
  }

  private Outcome finish() {
    hosts.forEach(Host::finish);
    marks.hit(Mark.CORRUPTED, carrier.corrupted());
    trace.note(now, -1, "the end");
    return new Outcome(scenario.seed(), trace.hash(), trace.events(), now, heavyInTime, marks);
  }

  // What hosts ask.

  long now() {
    return now;
  }

  Scenario scenario() {
    return scenario;
  }

  Trace trace() {
    return trace;
  }

  Marks marks() {
    return marks;
  }

  UnaryOperator<byte[]> sabotage() {
    return sabotage;
  }

  Carrier carrier() {
    return carrier;
  }

  void dialled(int streamNumber, int streamId) {
    Integer other = numbers.put(streamId, streamNumber);
    require(other == null, "two streams have the same id");
  }

  /** The far end of the stream that its dialler calls {@code streamId}; ports may be damaged. */
  SimulatedStream answererOf(int streamId) {
    Integer number = numbers.get(streamId);
    require(number != null, "a stream that nobody dialled");
    return answerers.get(number);
  }

  int numberOf(Destination destination) {
    for (Host host : hosts) {
      if (host.destination().equals(destination)) {
        return host.number();
      }
    }
    return Scenario.NOWHERE;
  }

  /** Whether it is the first time that this SYN arrives. */
  boolean arrivedSyn(int at, int from, int streamId) {
    return syns.add(List.of(at, from, streamId));
  }
}
