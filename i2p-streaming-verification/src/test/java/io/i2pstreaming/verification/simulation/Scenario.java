package io.i2pstreaming.verification.simulation;

import io.i2pstreaming.connection.CongestionAlgorithm;
import io.i2pstreaming.connection.ConnectionConfig;
import io.i2pstreaming.connection.InactivityAction;
import io.i2pstreaming.embedded.NetworkConditions;
import io.i2pstreaming.endpoint.AccessList;
import io.i2pstreaming.endpoint.AdmissionRules;
import io.i2pstreaming.endpoint.ConnectionLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What happens in one run, drawn from its seed before anything begins: who is there, what the
 * network does to them and until when, who dials whom and what the applications do. Every part
 * draws from a random stream of its own, so a change in one leaves the others alone.
 *
 * @param heavy whether it promises at least 10 % loss and 64 KiB each way
 * @param throughI2cp whether the hosts are clients of a router instead of direct neighbours
 * @param rules whom each host lets in
 * @param healsAt when the network becomes good and stays so
 */
record Scenario(
    long seed,
    boolean heavy,
    boolean throughI2cp,
    int hosts,
    List<ConnectionConfig> configs,
    List<AdmissionRules> rules,
    NetworkConditions network,
    long healsAt,
    List<Dial> dials,
    List<Ping> pings,
    List<Blackout> blackouts,
    List<RouterLoss> routerLosses,
    int backlog) {
  static final int LISTENING_PORT = 80;
  static final int DEAF_PORT = 81;

  /** The host number of a destination that does not exist. */
  static final int NOWHERE = -1;

  /** By which peers recognise i2pd, and close with more care. */
  static final int I2PD_RESEND_DELAY = 9;

  private static final long MILLIS = 1_000_000L;
  private static final long SECONDS = 1_000 * MILLIS;

  /** One end dials another. */
  record Dial(long at, int from, int to, int port, AppScript dialler, AppScript answerer) {}

  /** One end pings another. */
  record Ping(long at, int from, int to) {}

  /** Everything is lost for a while. */
  record Blackout(long from, long until) {}

  /** A host's session ends, with every stream. */
  record RouterLoss(long at, int host) {}

  static Scenario of(long seed) {
    SplittableRandom random = stream(seed, "shape");
    boolean heavy = random.nextInt(100) < 42;
    boolean crowd = !heavy && random.nextInt(8) == 0;
    int hosts = crowd ? 3 + random.nextInt(4) : 2 + random.nextInt(2);
    boolean throughI2cp = random.nextInt(4) == 0;
    int backlog = random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 1000;
    SplittableRandom configRandom = stream(seed, "config");
    List<ConnectionConfig> configs = new ArrayList<>();
    for (int i = 0; i < hosts; i++) {
      configs.add(config(configRandom));
    }
    return new Scenario(
        seed,
        heavy,
        throughI2cp,
        hosts,
        configs,
        rules(stream(seed, "rules"), heavy, hosts),
        network(stream(seed, "network"), heavy),
        (heavy ? 400 : 20 + random.nextInt(200)) * SECONDS,
        dials(stream(seed, "dials"), heavy, crowd, hosts),
        pings(stream(seed, "pings"), hosts),
        blackouts(stream(seed, "blackouts"), heavy),
        routerLosses(stream(seed, "losses"), heavy, hosts),
        heavy ? 1000 : backlog);
  }

  /** Mixed, because neighbouring seeds of a SplittableRandom give related numbers. */
  static SplittableRandom stream(long seed, String purpose) {
    long mixed = (seed + 1) * 0x9e3779b97f4a7c15L ^ purpose.hashCode() * 0xbf58476d1ce4e5b9L;
    mixed ^= mixed >>> 31;
    return new SplittableRandom(mixed);
  }

  private static ConnectionConfig config(SplittableRandom random) {
    int[] sizes = {512, 1000, 1730, 1730, 1812};
    return new ConnectionConfig(
        1 + random.nextInt(10),
        random.nextInt(4) == 0 ? 4 + random.nextInt(60) : 128,
        sizes[random.nextInt(sizes.length)],
        (1000 + random.nextInt(8000)) * MILLIS,
        (10 + random.nextInt(190)) * MILLIS,
        random.nextInt(6) == 0 ? I2PD_RESEND_DELAY : 1,
        (30 + random.nextInt(60)) * SECONDS,
        random.nextInt(3) == 0 ? (1 + random.nextInt(1000)) * MILLIS : 0,
        8 + random.nextInt(5),
        (20 + random.nextInt(70)) * SECONDS,
        random.nextInt(4) == 0 ? InactivityAction.DISCONNECT : InactivityAction.SEND,
        random.nextInt(3) == 0 ? 8192 + random.nextInt(32_768) : 512 * 1024,
        random.nextInt(3) == 0 ? CongestionAlgorithm.AIMD : CongestionAlgorithm.DELAY);
  }

  /** One host in four of the light seeds is choosy. */
  private static List<AdmissionRules> rules(SplittableRandom random, boolean heavy, int hosts) {
    List<AdmissionRules> rules = new ArrayList<>();
    for (int i = 0; i < hosts; i++) {
      boolean choosy = !heavy && random.nextInt(4) == 0;
      rules.add(choosy ? choosy(random, (i + 1) % hosts) : AdmissionRules.NONE);
    }
    return rules;
  }

  private static AdmissionRules choosy(SplittableRandom random, int unwelcome) {
    String one = "1";
    ConnectionLimits limits =
        ConnectionLimits.NONE.with("limitAction", random.nextBoolean() ? "reset" : "drop");
    limits =
        switch (random.nextInt(4)) {
          case 0 -> limits.with("maxConcurrentStreams", one);
          case 1 -> limits.with("maxConnsPerMinute", one);
          case 2 -> limits.with("maxTotalConnsPerMinute", one);
          default -> limits;
        };
    String hash = Identities.ofHost(unwelcome).destination().hash().base32();
    AccessList access = random.nextInt(3) == 0 ? AccessList.deny(hash) : AccessList.OFF;
    return new AdmissionRules(AccessList.OFF, access, limits);
  }

  private static NetworkConditions network(SplittableRandom random, boolean heavy) {
    double loss = heavy ? 0.10 + 0.20 * random.nextDouble() : mild(random, 0.10);
    int latencyMillis = 5 + random.nextInt(heavy ? 200 : 700);
    int jitterMillis = random.nextInt(3) == 0 ? 0 : random.nextInt(latencyMillis);
    boolean narrow = random.nextInt(4) == 0;
    return new NetworkConditions(
        Duration.ofMillis(latencyMillis),
        Duration.ofMillis(jitterMillis),
        loss,
        mild(random, 0.01),
        mild(random, 0.05),
        mild(random, 0.08),
        mild(random, 0.02),
        narrow ? 20_000 + random.nextInt(300_000) : 0,
        narrow ? 3_000 + random.nextInt(60_000) : 65_536);
  }

  private static double mild(SplittableRandom random, double most) {
    return random.nextInt(3) == 0 ? 0 : most * random.nextDouble();
  }

  private static List<Dial> dials(
      SplittableRandom random, boolean heavy, boolean crowd, int hosts) {
    List<Dial> dials = new ArrayList<>();
    if (heavy) {
      int up = 65_536 + random.nextInt(32_768);
      int down = 65_536 + random.nextInt(32_768);
      dials.add(new Dial(0, 0, 1, LISTENING_PORT, AppScript.bulk(up), AppScript.bulk(down)));
    }
    int more = crowd ? 10 + random.nextInt(30) : 1 + random.nextInt(3);
    for (int i = 0; i < more; i++) {
      int from = random.nextInt(hosts);
      int to = (from + 1 + random.nextInt(hosts - 1)) % hosts;
      int oddity = random.nextInt(30);
      int bytes = random.nextInt(crowd ? 6_000 : 40_000);
      int back = random.nextInt(crowd ? 6_000 : 40_000);
      dials.add(
          new Dial(
              random.nextInt(15_000) * MILLIS,
              from,
              oddity == 0 ? NOWHERE : to,
              oddity == 1 ? DEAF_PORT : LISTENING_PORT,
              AppScript.random(random, bytes, true),
              AppScript.random(random, back, false)));
    }
    return dials;
  }

  private static List<Ping> pings(SplittableRandom random, int hosts) {
    List<Ping> pings = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      int from = random.nextInt(hosts);
      int to = random.nextInt(10) == 0 ? NOWHERE : (from + 1) % hosts;
      pings.add(new Ping(random.nextInt(20_000) * MILLIS, from, to));
    }
    return pings;
  }

  private static List<Blackout> blackouts(SplittableRandom random, boolean heavy) {
    if (heavy || random.nextInt(6) != 0) {
      return List.of();
    }
    long from = random.nextInt(20_000) * MILLIS;
    return List.of(new Blackout(from, from + (500 + random.nextInt(30_000)) * MILLIS));
  }

  private static List<RouterLoss> routerLosses(SplittableRandom random, boolean heavy, int hosts) {
    if (heavy || random.nextInt(20) != 0) {
      return List.of();
    }
    return List.of(new RouterLoss(random.nextInt(20_000) * MILLIS, random.nextInt(hosts)));
  }
}
