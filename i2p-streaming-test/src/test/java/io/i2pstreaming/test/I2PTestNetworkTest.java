package io.i2pstreaming.test;

import static io.i2pstreaming.test.I2PAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.RawDatagrams;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamingException;
import io.i2pstreaming.StreamingOptions;
import io.i2pstreaming.embedded.NetworkConditions;
import io.i2pstreaming.embedded.NetworkStats;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("D9 the network in memory, without Spring")
class I2PTestNetworkTest {
  private static final int DATAGRAMS = 64;

  @Test
  void theSameSeedLosesTheSameMessages() throws Exception {
    try (I2PTestNetwork network =
        I2PTestNetwork.start(42, NetworkConditions.perfect().withLoss(0.5, 0))) {
      Set<Integer> first = numbersThatArrive(network);
      Set<Integer> again = numbersThatArrive(network);
      network.seed(43);
      Set<Integer> other = numbersThatArrive(network);
      Set<Integer> reset = numbersThatArrive(network);
      assertThat(first).hasSizeBetween(1, DATAGRAMS - 1).isEqualTo(again).isEqualTo(reset);
      assertThat(other).isNotEqualTo(first);
    }
  }

  /** Of numbered datagrams from one new peer to another; resets the network. */
  private static Set<Integer> numbersThatArrive(I2PTestNetwork network) throws Exception {
    Set<Integer> numbers = ConcurrentHashMap.newKeySet();
    NetworkStats before = network.stats();
    Executor threads = ForkJoinPool.commonPool();
    StreamManager receiver = network.peer();
    try (RawDatagrams out = network.peer().rawDatagrams((a, b, c, payload) -> {}, threads);
        RawDatagrams in =
            receiver.rawDatagrams((a, b, number, payload) -> numbers.add(number), threads)) {
      for (int number = 1; number <= DATAGRAMS; number++) {
        assertThat(out.send(receiver.destination(), 18, 0, number, new byte[10])).isTrue();
      }
      await(() -> network.stats().sent() - before.sent() == DATAGRAMS);
      await(() -> network.stats().inFlight() == 0);
      NetworkStats after = network.stats();
      await(() -> numbers.size() == after.delivered() - before.delivered());
      assertThat(in.totals().dropped() + in.totals().failed()).isZero();
    }
    network.reset();
    return numbers;
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - end).as("waited for a minute").isNegative();
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void aCutNetworkCarriesNothing() throws Exception {
    try (I2PTestNetwork network = I2PTestNetwork.start(1, NetworkConditions.perfect())) {
      StreamManager one = network.peer();
      StreamManager other = network.peer();
      network.cut();
      StreamingOptions impatient = StreamingOptions.builder().set("connectTimeout", "300").build();
      // On a busy machine an attempt may be over before it has sent anything.
      await(
          () -> {
            assertThatExceptionOfType(StreamingException.class)
                .isThrownBy(() -> one.connect(I2PAddress.of(other.destination(), 7), impatient));
            return network.stats().lost() > 0;
          });
      assertThat(network).hasLostMessages();
    }
  }

  @Test
  void peersAreBoundedAndEndWithTheNetwork() throws Exception {
    I2PTestNetwork network = I2PTestNetwork.start(1, NetworkConditions.perfect());
    StreamManager last = network.peer();
    for (int i = 1; i < I2PTestNetwork.MAX_PEERS; i++) {
      last = network.peer();
    }
    assertThat(last).isUp();
    assertThatIllegalStateException().isThrownBy(network::peer).withMessageContaining("64");
    network.close();
    StreamManager closed = last;
    // close() does not wait for ever for a manager's thread.
    await(() -> closed.state().phase().name().equals("CLOSED"));
  }
}
