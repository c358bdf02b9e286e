package io.i2pstreaming.verification.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.function.LongConsumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Whether the simulation would notice. Each mistake is one instruction in a copy of the engine that
 * only this test loads, and as small as a slip of the pen: one too many, once.
 */
@DisplayName("A4 A5 the simulation finds planted bugs")
class PlantedBugTest {
  private static final int SEEDS = 1_000;
  private static final String ENGINE = "io.i2pstreaming.connection.";

  @Test
  void aNackIsDroppedFromTheList() throws Exception {
    isFound("ReceiveWindow", "writeNacks", "expected");
  }

  @Test
  void aRetransmissionIsSkippedByTheTimer() throws Exception {
    isFound("SendWindow", "timeOutOlder", "lowest");
  }

  @Test
  void theWindowIsOnePacketTooLarge() throws Exception {
    isFound("SendHalf", "newAllowed", "spanLimit");
  }

  private static void isFound(String victim, String method, String field) throws Exception {
    BugPlanter planter = new BugPlanter(ENGINE + victim, method, field);
    planter.loadClass(ENGINE + victim);
    assertThat(planter.planted()).as("%s.%s reads %s", victim, method, field).isTrue();
    LongConsumer run =
        planter
            .loadClass(PlantedRun.class.getName())
            .asSubclass(LongConsumer.class)
            .getDeclaredConstructor()
            .newInstance();
    for (long seed = 1; seed <= SEEDS; seed++) {
      try {
        run.accept(seed);
      } catch (AssertionError found) {
        System.out.printf("bug in %s.%s: %s%n", victim, method, firstLine(found));
        long innocent = seed;
        assertThatCode(() -> Simulation.run(innocent)).doesNotThrowAnyException();
        return;
      }
    }
    throw new AssertionError(victim + "." + method + " not found within " + SEEDS + " seeds");
  }

  private static String firstLine(AssertionError found) {
    return String.valueOf(found.getMessage()).lines().findFirst().orElse("");
  }
}
