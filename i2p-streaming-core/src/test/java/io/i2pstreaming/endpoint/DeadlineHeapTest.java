package io.i2pstreaming.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.connection.CloseReason;
import io.i2pstreaming.connection.Connection;
import io.i2pstreaming.connection.ConnectionListener;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("deadlines of many connections")
class DeadlineHeapTest {
  private static final ConnectionListener NOBODY =
      new ConnectionListener() {
        @Override
        public void connected() {}

        @Override
        public void closed(CloseReason reason) {}
      };

  private final LocalIdentity local = new LocalIdentity(new Party().keys);
  private final DeadlineHeap heap = new DeadlineHeap();

  private ConnectionEntry entry() {
    RemoteAuth auth = new RemoteAuth(local, new Party().destination());
    return new ConnectionEntry(
        auth, null, 0, 0, NOBODY, new StreamTally(new EndpointCounters(), false));
  }

  /** After any sequence of changes it says what a plain search for the smallest says. */
  @Test
  void alwaysKnowsTheSoonest() {
    SplittableRandom random = new SplittableRandom(42);
    List<ConnectionEntry> entries = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      entries.add(entry());
    }
    long[] expected = new long[40];
    java.util.Arrays.fill(expected, Connection.NEVER);
    for (int step = 0; step < 20_000; step++) {
      int which = random.nextInt(40);
      expected[which] = random.nextInt(4) == 0 ? Connection.NEVER : random.nextLong(1000);
      heap.update(entries.get(which), expected[which]);
      if (random.nextInt(50) == 0) {
        long now = random.nextLong(300);
        List<ConnectionEntry> due = new ArrayList<>();
        heap.takeDue(now, due);
        assertThat(due).isSortedAccordingTo((a, b) -> Long.compare(a.deadline, b.deadline));
        for (int i = 0; i < 40; i++) {
          assertThat(due.contains(entries.get(i))).isEqualTo(expected[i] <= now);
          expected[i] = expected[i] <= now ? Connection.NEVER : expected[i];
        }
      }
      assertThat(heap.soonest()).isEqualTo(java.util.Arrays.stream(expected).min().orElseThrow());
    }
  }
}
