package io.i2pstreaming.verification.simulation;

import static io.i2pstreaming.verification.simulation.BrokenInvariant.require;

import io.i2pstreaming.connection.DeliveryOutcome;
import io.i2pstreaming.embedded.NetworkConditions;
import io.i2pstreaming.embedded.NetworkStats;
import io.i2pstreaming.embedded.VirtualRouter;
import io.i2pstreaming.i2cp.DeliveryStatus;
import io.i2pstreaming.i2cp.I2cpClient;
import io.i2pstreaming.i2cp.I2cpListener;
import io.i2pstreaming.i2cp.SessionConfig;
import io.i2pstreaming.identity.Destination;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Hosts as clients of the embedded router: every packet goes through both I2CP machines, in the
 * bytes that a socket would carry. What the router writes to a client waits in a queue, as it does
 * on a socket, until the client has its turn.
 */
final class RouterCarrier implements Carrier {
  private static final int STREAMING = 6;
  private static final long EPOCH_MILLIS = 1_800_000_000_000L;

  private final VirtualRouter router;
  private final List<Session> sessions = new ArrayList<>();
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private final long seed;
  private long now;

  RouterCarrier(long seed, NetworkConditions conditions, List<Host> hosts) {
    this.seed = seed;
    router = new VirtualRouter(seed, conditions, 0, EPOCH_MILLIS);
    hosts.forEach(host -> sessions.add(new Session(host)));
    pump();
    require(sessions.stream().allMatch(s -> s.client.isUp()), "a session did not come up");
  }

  @Override
  public Fate send(
      long now,
      Host from,
      Destination to,
      int fromPort,
      int toPort,
      byte[] packet,
      int offset,
      int length,
      long nonce,
      long lifetimeNanos) {
    this.now = now;
    NetworkStats before = router.stats();
    boolean taken =
        sessions
            .get(from.number())
            .client
            .send(
                now,
                to,
                STREAMING,
                fromPort,
                toPort,
                packet,
                offset,
                length,
                length > 400,
                nonce,
                lifetimeNanos,
                true);
    NetworkStats after = router.stats();
    if (after.overflowed() > before.overflowed()) {
      return Fate.OVERFLOWED;
    }
    boolean entered = taken && after.sent() > before.sent();
    return entered && after.lost() == before.lost() ? Fate.UNDER_WAY : Fate.LOST;
  }

  /** A router renews leases for ever; only what is on its way counts for the end of a run. */
  @Override
  public boolean isQuiet() {
    return router.stats().inFlight() == 0 && waiting.isEmpty();
  }

  @Override
  public long nextDeadline() {
    long soonest = router.nextDeadline();
    for (Session session : sessions) {
      soonest = Math.min(soonest, session.client.nextDeadline());
    }
    return soonest;
  }

  @Override
  public void advance(long now) {
    this.now = now;
    router.onTimer(now);
    for (Session session : sessions) {
      if (session.client.nextDeadline() <= now) {
        session.client.onTimer(now);
      }
    }
    pump();
  }

  private void pump() {
    for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
      next.run();
    }
  }

  @Override
  public void conditions(long now, NetworkConditions conditions) {
    router.conditions(now, conditions);
  }

  @Override
  public void reconnect(long now, Host host) {
    this.now = now;
    sessions.get(host.number()).restart();
    pump();
    require(sessions.get(host.number()).client.isUp(), "a session did not come back");
  }

  @Override
  public long corrupted() {
    return router.stats().corrupted();
  }

  /** One host's session: the client's machine on one side, the router's on the other. */
  private final class Session implements I2cpListener {
    private final Host host;
    private I2cpClient client;
    private VirtualRouter.@Nullable Connection connection;
    private int generation;
    private boolean restarting;

    Session(Host host) {
      this.host = host;
      client = open();
    }

    private I2cpClient open() {
      int mine = ++generation;
      VirtualRouter.Connection opened = router.connect(outputOf(mine));
      require(opened != null, "the router takes no more clients");
      connection = opened;
      I2cpClient fresh =
          new I2cpClient(
              new SessionConfig(Map.of(), false),
              host.keys(),
              Scenario.stream(seed, "client " + host.number() + " " + mine),
              (bytes, offset, length) -> opened.onBytes(now, bytes, offset, length),
              this);
      fresh.onLinkOpen(now);
      return fresh;
    }

    private void restart() {
      VirtualRouter.Connection old = connection;
      restarting = true;
      if (old != null) {
        old.close();
      }
      restarting = false;
      client = open();
    }

    private VirtualRouter.Output outputOf(int mine) {
      return new VirtualRouter.Output() {
        @Override
        public void write(byte[] bytes, int offset, int length) {
          byte[] frame = Arrays.copyOfRange(bytes, offset, offset + length);
          waiting.add(
              () -> {
                if (mine == generation) {
                  client.onBytes(now, frame, 0, frame.length);
                }
              });
        }

        @Override
        public void close(String cause) {
          // The old connection of a restarting session; any other is told to sessionDown as well.
          require(mine != generation || restarting, () -> "the router ended a session: " + cause);
        }
      };
    }

    @Override
    public void sessionUp(long now) {
      host.note(now, "session up");
    }

    @Override
    public void sessionDown(long now, String reason, boolean retryable) {
      throw new BrokenInvariant("host " + host.number() + " lost its session: " + reason);
    }

    @Override
    public void payload(
        long now, int protocol, int fromPort, int toPort, byte[] bytes, int offset, int length) {
      // The gzip checksum does not cover the header, so damage can change protocol and ports.
      if (protocol == STREAMING) {
        byte[] packet = Arrays.copyOfRange(bytes, offset, offset + length);
        waiting.add(() -> host.receive(now, Host.UNTOLD, fromPort, toPort, packet, 0));
      }
    }

    @Override
    public void delivery(long now, long nonce, DeliveryStatus status) {
      DeliveryOutcome outcome =
          status.success()
              ? DeliveryOutcome.DELIVERED
              : status == DeliveryStatus.NO_LEASE_SET
                  ? DeliveryOutcome.NO_LEASE_SET
                  : DeliveryOutcome.SOFT_FAILURE;
      waiting.add(() -> host.status(now, nonce, outcome));
    }

    @Override
    public void lookedUp(long now, long lookupId, @Nullable Destination destination) {
      throw new BrokenInvariant("nobody asked for a destination");
    }
  }
}
