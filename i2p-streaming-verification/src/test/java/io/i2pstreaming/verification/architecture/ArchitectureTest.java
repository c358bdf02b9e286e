package io.i2pstreaming.verification.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.EvaluationResult;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The rules of the house")
class ArchitectureTest {
  private static final String HOUSE = "io.i2pstreaming";
  private static final String BROKEN = "io.i2pstreaming.verification.architecture.broken";

  private static final JavaClasses HOUSE_CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(HOUSE);
  private static final JavaClasses BROKEN_CLASSES = new ClassFileImporter().importPackages(BROKEN);

  @ParameterizedTest
  @EnumSource
  void theHouseKeeps(HouseRule rule) {
    rule.in(HOUSE).check(HOUSE_CLASSES);
  }

  /** Each row: a rule, a class that breaks it, and what it must be blamed for. */
  @ParameterizedTest
  @CsvSource({
    "ARROWS_POINT_DOWNWARD, buffer.KnowsWire, wire.Wire",
    "ARROWS_POINT_DOWNWARD, wire.KnowsConnection, connection.Connection",
    "ARROWS_POINT_DOWNWARD, identity.KnowsWire, wire.Wire",
    "ARROWS_POINT_DOWNWARD, connection.KnowsIdentity, identity.Key",
    "ARROWS_POINT_DOWNWARD, connection.KnowsEndpoint, endpoint.Endpoint",
    "ARROWS_POINT_DOWNWARD, endpoint.KnowsI2cp, i2cp.Client",
    "ARROWS_POINT_DOWNWARD, i2cp.KnowsEndpoint, endpoint.Endpoint",
    "ARROWS_POINT_DOWNWARD, link.KnowsI2cp, i2cp.Client",
    "ARROWS_POINT_DOWNWARD, endpoint.KnowsLoop, loop.Loop",
    "ARROWS_POINT_DOWNWARD, loop.KnowsFacade, facade.Facade",
    "ARROWS_POINT_DOWNWARD, facade.KnowsRoot, broken.Root",
    "ARROWS_POINT_DOWNWARD, loop.KnowsTrace, trace.File",
    "WIRE_KNOWS_ONLY_THE_LENGTHS_OF_KEYS, wire.KnowsKey, identity.Key",
    "NO_CLOCK_BELOW_THE_LOOP, connection.ReadsClock.nanos, System.nanoTime",
    "NO_CLOCK_BELOW_THE_LOOP, connection.ReadsClock.millis, System.currentTimeMillis",
    "NO_CLOCK_BELOW_THE_LOOP, connection.ReadsClock.instant, Instant.now",
    "NO_CLOCK_BELOW_THE_LOOP, connection.ReadsClock.date, java.util.Date",
    "NO_RANDOMNESS_BELOW_THE_LOOP, connection.Gambles.random, java.util.Random",
    "NO_RANDOMNESS_BELOW_THE_LOOP, connection.Gambles.math, Math.random",
    "NO_RANDOMNESS_BELOW_THE_LOOP, connection.Gambles.local, ThreadLocalRandom",
    "NO_RANDOMNESS_BELOW_THE_LOOP, connection.Gambles.secure, java.security.SecureRandom",
    "NO_ORDER_BY_ACCIDENT_BELOW_THE_LOOP, endpoint.Shuffles.identity, IdentityHashMap",
    "NO_ORDER_BY_ACCIDENT_BELOW_THE_LOOP, endpoint.Shuffles.address, identityHashCode",
    "NO_THREADS_AND_NO_LOCKS_BELOW_THE_LOOP, i2cp.Waits.lock, java.util.concurrent.locks",
    "NO_THREADS_AND_NO_LOCKS_BELOW_THE_LOOP, i2cp.Waits.thread, java.lang.Thread",
    "NO_THREADS_AND_NO_LOCKS_BELOW_THE_LOOP, i2cp.Waits.monitor, java.lang.Object.wait",
    "NO_SYNCHRONIZED_IN_THE_FACADE_AND_BELOW_THE_LOOP, wire.Locks.method, synchronized method",
    "NO_SYNCHRONIZED_IN_THE_FACADE_AND_BELOW_THE_LOOP, wire.Locks.block, synchronized block",
    "NO_SYNCHRONIZED_IN_THE_FACADE_AND_BELOW_THE_LOOP, facade.Pins.block, synchronized block",
    "NO_SLEEPING_ANYWHERE, loop.Sleeps.thread, Thread.sleep",
    "NO_SLEEPING_ANYWHERE, loop.Sleeps.unit, TimeUnit.sleep",
    "NO_SOCKETS_BELOW_THE_LOOP, i2cp.Dials.socket, java.net.Socket",
    "NO_SOCKETS_BELOW_THE_LOOP, i2cp.Dials.channel, SocketChannel",
    "NO_CODE_OF_THE_REFERENCE, facade.UsesReference, net.i2p.data.Hash",
    "ENGINE_AND_ROUTER_STAND_ALONE, facade.UsesSpring, org.springframework",
    "ENGINE_AND_ROUTER_STAND_ALONE, embedded.UsesMicrometer, io.micrometer",
    "ENGINE_AND_ROUTER_STAND_ALONE, loop.KnowsAutoconfigure, autoconfigure.Configuration",
    "ENGINE_KNOWS_NO_ROUTER, loop.KnowsRouter, embedded.UsesMicrometer",
  })
  void aBrokenHouseIsCaught(HouseRule rule, String where, String what) {
    EvaluationResult result = rule.in(BROKEN).evaluate(BROKEN_CLASSES);
    assertThat(result.getFailureReport().getDetails())
        .anySatisfy(detail -> assertThat(detail).contains("broken." + where).contains(what));
  }

  @Test
  void everyRuleHasSomethingToLookAt() {
    for (String floor :
        new String[] {
          "buffer",
          "wire",
          "identity",
          "connection",
          "endpoint",
          "i2cp",
          "link",
          "loop",
          "facade",
          "trace",
          "embedded",
          "autoconfigure"
        }) {
      assertThat(HOUSE_CLASSES)
          .as(floor)
          .anyMatch(type -> type.getPackageName().equals(HOUSE + "." + floor));
    }
    assertThat(HOUSE_CLASSES)
        .noneMatch(type -> type.getPackageName().startsWith(HOUSE + ".verification"));
  }
}
