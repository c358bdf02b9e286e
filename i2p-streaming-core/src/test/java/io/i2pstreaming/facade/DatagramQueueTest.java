package io.i2pstreaming.facade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("B6 datagrams on their way to the application")
class DatagramQueueTest {
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private final List<String> heard = new ArrayList<>();

  private void put(DatagramQueue queue, int protocol, byte... payload) {
    byte[] reused = new byte[payload.length + 2];
    System.arraycopy(payload, 0, reused, 1, payload.length);
    queue.datagram(protocol, 5, 7, reused, 1, payload.length);
    reused[1] = 99;
  }

  private void hear(int protocol, int fromPort, int toPort, byte[] payload) {
    heard.add(protocol + " " + fromPort + " " + toPort + " " + payload.length + ":" + payload[0]);
  }

  @Test
  void keepsTheOrderAndCopiesThePayload() {
    DatagramQueue queue = new DatagramQueue(this::hear, tasks::add);
    put(queue, 17, (byte) 1);
    put(queue, 18, (byte) 2, (byte) 3);
    assertThat(heard).isEmpty();
    assertThat(tasks).as("one task at a time").hasSize(1);
    tasks.remove().run();
    put(queue, 20, (byte) 4);
    tasks.remove().run();
    assertThat(heard).containsExactly("17 5 7 1:1", "18 5 7 2:2", "20 5 7 1:4");
    assertThat(queue.delivered()).isEqualTo(3);
  }

  @Test
  void dropsAndCountsWhatHasNoRoom() {
    DatagramQueue queue = new DatagramQueue(this::hear, tasks::add);
    for (int i = 0; i < DatagramQueue.MAX_WAITING + 3; i++) {
      put(queue, 18, (byte) i);
    }
    assertThat(queue.dropped()).isEqualTo(3);
    tasks.remove().run();
    assertThat(heard).hasSize(DatagramQueue.MAX_WAITING);
    put(queue, 18, new byte[DatagramQueue.MAX_WAITING_BYTES]);
    put(queue, 18, (byte) 1);
    assertThat(queue.dropped()).isEqualTo(4);
    tasks.remove().run();
    put(queue, 18, (byte) 1);
    assertThat(queue.dropped()).isEqualTo(4);
  }

  @Test
  void survivesWhatTheHandlerThrows() {
    DatagramQueue queue =
        new DatagramQueue(
            (protocol, fromPort, toPort, payload) -> {
              hear(protocol, fromPort, toPort, payload);
              if (payload[0] == 1) {
                throw new IllegalStateException("on purpose");
              }
              if (payload[0] == 2) {
                throw new AssertionError("on purpose");
              }
            },
            tasks::add);
    put(queue, 18, (byte) 1);
    put(queue, 18, (byte) 2);
    put(queue, 18, (byte) 3);
    assertThatThrownBy(() -> tasks.remove().run()).isInstanceOf(AssertionError.class);
    assertThat(heard).hasSize(2);
    put(queue, 18, (byte) 4);
    tasks.remove().run();
    assertThat(heard).endsWith("18 5 7 1:3", "18 5 7 1:4");
    assertThat(queue.failed()).isEqualTo(1);
  }

  @Test
  void runsNothingOnTheCallersThread() {
    DatagramQueue queue = new DatagramQueue(this::hear, Runnable::run);
    put(queue, 18, (byte) 1);
    assertThat(heard).isEmpty();
    assertThat(queue.dropped()).isEqualTo(1);
  }

  @Test
  void dropsWhatAnExecutorDoesNotTake() {
    List<Runnable> taken = new ArrayList<>();
    DatagramQueue queue =
        new DatagramQueue(
            this::hear,
            task -> {
              if (taken.isEmpty()) {
                taken.add(task);
                throw new RejectedExecutionException("full");
              }
              tasks.add(task);
            });
    put(queue, 18, (byte) 1);
    assertThat(queue.dropped()).isEqualTo(1);
    put(queue, 18, (byte) 2);
    tasks.remove().run();
    assertThat(heard).containsExactly("18 5 7 1:2");
  }

  @Test
  void deliversNothingAfterItsEnd() {
    DatagramQueue queue = new DatagramQueue(this::hear, tasks::add);
    put(queue, 18, (byte) 1);
    queue.close();
    tasks.remove().run();
    put(queue, 18, (byte) 2);
    assertThat(heard).isEmpty();
    assertThat(queue.dropped()).isEqualTo(2);
  }
}
