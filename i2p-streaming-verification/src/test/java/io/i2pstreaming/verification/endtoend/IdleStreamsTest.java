package io.i2pstreaming.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.embedded.NetworkConditions;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A16 very many idle streams on one session")
@Timeout(900)
class IdleStreamsTest {
  /** The second run, on a newer JDK, learns nothing from the whole crowd. */
  private static final int STREAMS = Runtime.version().feature() == 17 ? 10_000 : 2_000;

  /** What the first streams cost is not the streams' alone: classes, tables, threads. */
  private static final int WARM_UP = 200;

  /** At most so many at once: a listener's backlog is smaller than the crowd. */
  private static final int DIALS_AT_ONCE = 32;

  /**
   * Guards against a new part that every stream carries, not against some bytes more on another
   * machine or JDK: the figure is printed.
   */
  private static final long MOST_BYTES_PER_SIDE = 1_792;

  private static final int MOST_NEW_THREADS = 20;

  /** Between two looks at a heap that nobody uses. */
  private static final long STABLE_BYTES = 64 * 1024;

  private static final int MOST_LOOKS = 10;

  private final List<I2PSocket> dialled = new ArrayList<>();
  private final List<I2PSocket> accepted = new ArrayList<>();

  @Test
  void eachEchoesBeforeAndAgainAfterAndNoneHasAThread() throws Exception {
    try (World world = new World(NetworkConditions.perfect(), false)) {
      openUpTo(WARM_UP, world);
      echoAll(1);
      world.rttSamples.clear();
      long heapBefore = heapInUse();
      Set<Thread> threadsBefore = threads();

      openUpTo(STREAMS, world);
      echoAll(2);
      world.rttSamples.clear();
      long perSide = (heapInUse() - heapBefore) / (2L * (STREAMS - WARM_UP));
      System.out.printf(
          "FIGURE %d idle streams: %d bytes of heap each a side, %d threads%n",
          STREAMS, perSide, threadsBefore.size());
      Set<Thread> more = threads();
      more.removeAll(threadsBefore);
      assertThat(more).as("the JVM itself may start some").hasSizeLessThan(MOST_NEW_THREADS);
      assertThat(perSide).isLessThan(MOST_BYTES_PER_SIDE);

      echoAll(3);
      assertThat(world.client.stats().activeOutgoing()).isEqualTo(STREAMS);
    }
  }

  private void openUpTo(int count, World world) throws Exception {
    Deque<CompletableFuture<I2PSocket>> dialling = new ArrayDeque<>();
    while (dialled.size() < count) {
      while (dialling.size() < DIALS_AT_ONCE && dialled.size() + dialling.size() < count) {
        dialling.add(world.client.connectAsync(world.target()));
      }
      dialled.add(dialling.remove().get());
      accepted.add(world.listener.accept());
    }
  }

  /** Every client sends a number of its own, every server sends it back: all from this thread. */
  private void echoAll(int salt) throws IOException {
    for (int i = 0; i < dialled.size(); i++) {
      send(dialled.get(i), salt + 31 * i);
    }
    for (I2PSocket server : accepted) {
      send(server, receive(server));
    }
    for (int i = 0; i < dialled.size(); i++) {
      assertThat(receive(dialled.get(i))).isEqualTo(salt + 31 * i);
    }
    for (List<I2PSocket> side : List.of(dialled, accepted)) {
      for (I2PSocket socket : side) {
        assertThat(socket.awaitAcknowledged(Duration.ofMinutes(2))).isTrue();
      }
    }
  }

  private static void send(I2PSocket socket, int number) throws IOException {
    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
    out.writeInt(number);
    out.flush();
  }

  private static int receive(I2PSocket socket) throws IOException {
    socket.setSoTimeout(120_000);
    return new DataInputStream(socket.getInputStream()).readInt();
  }

  /** The common pool completes the dials, and starts and ends its threads as it likes. */
  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !(thread instanceof ForkJoinWorkerThread))
        .collect(Collectors.toSet());
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
