package io.i2pstreaming.embedded;

import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.Hash;
import io.i2pstreaming.link.RouterAddress;
import io.i2pstreaming.link.RouterLink;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An I2CP router inside this process. It connects only its own clients with each other and gives no
 * anonymity at all: for development, samples and tests. Clients reach it in-process, and on a
 * loopback TCP port if one is asked for, with the same I2CP bytes.
 *
 * <p>Speaks I2CP 0.9.64 with fast receive, one session per connection. Names other than {@code
 * *.b32.i2p} are not found. A message to one's own destination passes the network like any other.
 * Any thread may call any method.
 */
public final class EmbeddedRouter implements RouterAddress, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRouter.class);
  private static final String BANNER =
      """

      ***************************************************************************
      *  EMBEDDED I2P ROUTER: NOT ANONYMOUS, NOT CONNECTED TO THE I2P NETWORK.  *
      *  It only joins clients of this machine with each other, for development *
      *  and tests. For the real network, use an external I2P router.           *
      ***************************************************************************""";

  private static final long ANSWER_WITHIN_MILLIS = 5_000;
  private static final NetworkStats NOTHING = new NetworkStats(0, 0, 0, 0, 0, 0, 0, 0);

  private final long seed;
  private final boolean tcp;
  private final LongSupplier nanoTime;
  private final LongSupplier epochMillis;
  private final AtomicLong dropped = new AtomicLong();
  private final Object lifecycle = new Object();

  // Written under the lifecycle lock.
  private int configuredPort;
  private volatile NetworkConditions conditions;
  private volatile @Nullable RouterThread thread;
  private volatile @Nullable TcpPort tcpPort;
  private volatile NetworkStats lastStats = NOTHING;

  private EmbeddedRouter(Builder builder) {
    this.conditions = builder.conditions;
    this.seed = builder.seed;
    this.tcp = builder.port >= 0;
    this.configuredPort = builder.port;
    this.nanoTime = builder.nanoTime;
    this.epochMillis = builder.epochMillis;
  }

  /** Collects settings. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Starts the router's thread and, if asked for, its TCP port; harmless when it runs. Each start
   * begins with the seed again; a free port that was taken once is kept.
   *
   * @throws IOException if the port cannot be bound; the router is then not running
   */
  public void start() throws IOException {
    synchronized (lifecycle) {
      if (thread != null) {
        return;
      }
      RouterMachine machine =
          new RouterMachine(seed, conditions, nanoTime.getAsLong(), epochMillis.getAsLong());
      RouterThread starting = new RouterThread(machine, nanoTime);
      TcpPort port = tcp ? new TcpPort(starting, configuredPort) : null;
      lastStats = NOTHING;
      dropped.set(0);
      starting.start();
      if (port != null) {
        configuredPort = port.port();
        port.start();
      }
      tcpPort = port;
      thread = starting;
      LOG.warn(BANNER);
      if (port != null) {
        LOG.info("The embedded router listens for I2CP on 127.0.0.1:{}", port.port());
      }
    }
  }

  /** The loopback I2CP port, or −1 when there is none or the router does not run. */
  public int port() {
    TcpPort port = tcpPort;
    return port == null ? -1 : port.port();
  }

  /** The conditions between all pairs of destinations now. */
  public NetworkConditions conditions() {
    return conditions;
  }

  /** Changes the conditions while traffic runs; what is under way keeps its delay. */
  public void conditions(NetworkConditions conditions) {
    synchronized (lifecycle) {
      this.conditions = conditions;
      RouterThread running = thread;
      if (running != null) {
        running.submit((machine, now) -> machine.conditions(now, conditions));
      }
    }
  }

  /**
   * Gives one direction between two destinations conditions of its own, until the router stops;
   * null takes them away.
   *
   * @throws IllegalStateException if the router does not run
   */
  public void conditions(Destination from, Destination to, @Nullable NetworkConditions conditions) {
    RouterThread running = thread;
    Hash source = from.hash();
    Hash target = to.hash();
    if (running == null
        || !running.submit((machine, now) -> machine.conditions(now, source, target, conditions))) {
      throw new IllegalStateException("the embedded router is not running; call start() first");
    }
  }

  /**
   * Begins every random decision of the network anew, as a start with this seed would; the
   * decisions count messages in the order in which they are sent from now on. A later start begins
   * with the seed of the builder.
   *
   * @throws IllegalStateException if the router does not run
   */
  public void reseed(long seed) {
    RouterThread running = thread;
    if (running == null || !running.submit((machine, now) -> machine.reseed(seed))) {
      throw new IllegalStateException("the embedded router is not running; call start() first");
    }
  }

  /** What the network did since the last start; after a stop, until that. */
  public NetworkStats stats() {
    NetworkStats stats = ask(RouterMachine::stats);
    if (stats != null) {
      lastStats = stats;
    }
    return lastStats;
  }

  /**
   * Messages that were dropped because the router or one of its clients could not keep up: not part
   * of the network's own losses.
   */
  public long droppedMessages() {
    Long slowClients = ask(RouterMachine::droppedForSlowClients);
    return dropped.get() + (slowClients == null ? 0 : slowClients);
  }

  @Override
  public RouterLink newLink() {
    return new InProcessLink(this);
  }

  @Override
  public String describe() {
    return "embedded router";
  }

  @Override
  public boolean anonymous() {
    return false;
  }

  /** Ends all sessions and the thread. Links see a close. May be started again. */
  @Override
  public void close() {
    synchronized (lifecycle) {
      RouterThread stopping = thread;
      TcpPort port = tcpPort;
      if (stopping == null) {
        return;
      }
      lastStats = stats();
      if (port != null) {
        port.stopAccepting();
      }
      thread = null;
      tcpPort = null;
      stopping.stop();
      if (port != null) {
        port.stop();
      }
    }
  }

  /** The running thread, or null. */
  @Nullable RouterThread running() {
    return thread;
  }

  /** A link has dropped a message that the router had no room for. */
  void countDropped() {
    dropped.incrementAndGet();
  }

  private interface Question<T> {
    T of(RouterMachine machine);
  }

  /** Asks the machine on its own thread; null when that does not run, or not in time. */
  private <T> @Nullable T ask(Question<T> question) {
    RouterThread running = thread;
    CompletableFuture<T> answer = new CompletableFuture<>();
    if (running == null
        || running.isCurrent()
        || !running.submit((machine, now) -> answer.complete(question.of(machine)))) {
      return null;
    }
    try {
      return answer.get(ANSWER_WITHIN_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } catch (ExecutionException | TimeoutException e) {
      return null;
    }
  }

  /** Settings of a new router. */
  public static final class Builder {
    private NetworkConditions conditions = NetworkConditions.perfect();
    private long seed;
    private int port = -1;
    private LongSupplier nanoTime = System::nanoTime;
    private LongSupplier epochMillis = System::currentTimeMillis;

    private Builder() {}

    /** The network between destinations; default perfect. */
    public Builder conditions(NetworkConditions conditions) {
      this.conditions = conditions;
      return this;
    }

    /** The seed of every random decision of the network; default 0. */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /**
     * Also listen on this loopback TCP port; 0 takes a free one. Without this call: in-process
     * only.
     */
    public Builder port(int port) {
      if (port < 0 || port > 65_535) {
        throw new IllegalArgumentException(
            "the embedded router's port is " + port + "; use 1 to 65535, or 0 for a free one");
      }
      this.port = port;
      return this;
    }

    /** Other clocks, for tests that compare bytes. */
    Builder clocks(LongSupplier nanoTime, LongSupplier epochMillis) {
      this.nanoTime = nanoTime;
      this.epochMillis = epochMillis;
      return this;
    }

    /** A router that is not started yet. */
    public EmbeddedRouter build() {
      return new EmbeddedRouter(this);
    }
  }
}
