package io.i2pstreaming.test;

import io.i2pstreaming.StreamManager;
import io.i2pstreaming.embedded.EmbeddedRouter;
import io.i2pstreaming.embedded.NetworkConditions;
import io.i2pstreaming.embedded.NetworkStats;
import io.i2pstreaming.link.RouterAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.UnaryOperator;
import org.springframework.util.unit.DataSize;

/**
 * A network in memory, whose faults a test chooses, and peers on it. Thread-safe.
 *
 * <p>The seed decides which messages are lost, doubled or held back, counted in the order in which
 * they are sent; how the threads of two destinations interleave is the machine's affair.
 *
 * <p>{@link I2PStreamingTest} makes one and resets it after each test method; other tests call
 * {@link #start}.
 */
public final class I2PTestNetwork implements AutoCloseable {
  /** Peers at one time. */
  public static final int MAX_PEERS = 64;

  private static final Duration UP_WITHIN = Duration.ofMinutes(1);

  private final EmbeddedRouter router;
  private final NetworkConditions initial;
  private final long seed;
  private final boolean owned;
  private final Deque<StreamManager> peers = new ArrayDeque<>();

  private I2PTestNetwork(EmbeddedRouter router, long seed, boolean owned) {
    this.router = router;
    this.seed = seed;
    this.initial = router.conditions();
    this.owned = owned;
  }

  /** A running network of its own. */
  public static I2PTestNetwork start(long seed, NetworkConditions conditions) throws IOException {
    EmbeddedRouter router = EmbeddedRouter.builder().seed(seed).conditions(conditions).build();
    router.start();
    return new I2PTestNetwork(router, seed, true);
  }

  /**
   * The network of a running router, which {@link #close()} leaves running; {@code seed} is the one
   * that {@link #reset()} begins with.
   */
  public static I2PTestNetwork of(EmbeddedRouter router, long seed) {
    return new I2PTestNetwork(router, seed, false);
  }

  /** For {@code StreamManager.builder().router(…)}, where a test needs a manager of its own. */
  public RouterAddress router() {
    return router;
  }

  /** What happens to messages now. */
  public NetworkConditions conditions() {
    return router.conditions();
  }

  /** Changes what happens to messages, until {@link #reset()}; those under way keep their delay. */
  public void conditions(NetworkConditions conditions) {
    change(now -> conditions);
  }

  /** Changes the probability that a message vanishes, 0 to 1; the rest stays. */
  public void loss(double probability) {
    change(now -> now.withLoss(probability, now.burstLoss()));
  }

  /** Changes the delay of a message, one way; the rest stays. */
  public void latency(Duration latency) {
    change(now -> now.withLatency(latency, now.jitter()));
  }

  /** Changes the largest deviation from the latency; the rest stays. */
  public void jitter(Duration jitter) {
    change(now -> now.withLatency(now.latency(), jitter));
  }

  /** Changes the probability that a message arrives twice, 0 to 1; the rest stays. */
  public void duplication(double probability) {
    change(now -> now.withFaults(probability, now.reorder(), now.corrupt()));
  }

  /** Changes the probability that later messages overtake a message, 0 to 1; the rest stays. */
  public void reordering(double probability) {
    change(now -> now.withFaults(now.duplicate(), probability, now.corrupt()));
  }

  /** Changes the bytes per second between two destinations, 0 is no limit; the rest stays. */
  public void bandwidth(DataSize perSecond) {
    change(now -> now.withBandwidth(perSecond.toBytes(), now.queueBytes()));
  }

  /** Nothing arrives any more in either direction, until the loss is changed again. */
  public void cut() {
    loss(1);
  }

  /** Begins the network's random decisions anew with another seed, until {@link #reset()}. */
  public void seed(long seed) {
    router.reseed(seed);
  }

  private void change(UnaryOperator<NetworkConditions> change) {
    synchronized (peers) {
      router.conditions(change.apply(router.conditions()));
    }
  }

  /** What happened to messages since the router's start. */
  public NetworkStats stats() {
    return router.stats();
  }

  /**
   * Somebody else: a new destination with a session that is up, closed by {@link #reset()}.
   *
   * @throws IllegalStateException if there are {@link #MAX_PEERS} already
   * @throws IOException if its session does not come up within a minute
   */
  public StreamManager peer() throws IOException, InterruptedException {
    StreamManager peer;
    synchronized (peers) {
      if (peers.size() == MAX_PEERS) {
        throw new IllegalStateException(
            "there are " + MAX_PEERS + " peers already; call reset() to close them");
      }
      peer = StreamManager.builder().name("peer-" + peers.size()).router(router).build();
      peers.add(peer);
    }
    peer.start();
    if (!peer.awaitUp(UP_WITHIN)) {
      throw new IOException("the session of a peer did not come up: " + peer.state().detail());
    }
    return peer;
  }

  /** Closes the peers and brings back the conditions and the seed of the beginning. */
  public void reset() {
    closePeers();
    conditions(initial);
    router.reseed(seed);
  }

  private void closePeers() {
    Deque<StreamManager> closing;
    synchronized (peers) {
      closing = new ArrayDeque<>(peers);
      peers.clear();
    }
    closing.forEach(StreamManager::close);
  }

  /** Closes the peers, and the network if {@link #start} made it. */
  @Override
  public void close() {
    closePeers();
    if (owned) {
      router.close();
    }
  }
}
