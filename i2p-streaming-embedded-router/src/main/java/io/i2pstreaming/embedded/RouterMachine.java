package io.i2pstreaming.embedded;

import io.i2pstreaming.i2cp.DeliveryStatus;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.Hash;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An I2CP router as a machine: connections in, the network between, connections out. It is told the
 * time and the bytes of its clients; the same calls give the same frames, bit for bit, because
 * every number that a real router would draw comes from the seed. No clock, thread or socket; one
 * thread at a time.
 */
final class RouterMachine {
  /** No deadline. */
  static final long NEVER = Long.MAX_VALUE;

  static final int MAX_CONNECTIONS = 1024;
  static final int MAX_SESSIONS = 1024;

  /** What may be under way between all destinations. */
  static final long MAX_IN_FLIGHT_BYTES = 64L << 20;

  private static final int MAX_PAYLOAD = 65_535;

  /** Session ids run below 0xffff, which means "none". */
  private static final int SESSION_IDS = 0xffff;

  private static final Logger LOG = LoggerFactory.getLogger(RouterMachine.class);

  private final EmulatedNetwork<Hash> network;
  private final EmulatedNetwork.Sink<Hash> sink = this::arrived;
  private final SplittableRandom random;
  private final long startNanos;
  private final long startEpochMillis;
  private final Set<ClientConnection> connections = new LinkedHashSet<>();
  private final Map<Hash, RouterSession> sessions = new LinkedHashMap<>();
  private long leaseTimer = NEVER;
  private long droppedForSlowClients;

  /**
   * A router without clients.
   *
   * @param now the monotonic time at which the wall clock says {@code epochMillis}
   */
  RouterMachine(long seed, NetworkConditions conditions, long now, long epochMillis) {
    this.network = new EmulatedNetwork<>(seed, conditions, MAX_IN_FLIGHT_BYTES);
    this.random = new SplittableRandom(~seed);
    this.startNanos = now;
    this.startEpochMillis = epochMillis;
  }

  /** A client has connected; null when there are too many. */
  @Nullable ClientConnection connect(ClientOutput output) {
    if (connections.size() == MAX_CONNECTIONS) {
      return null;
    }
    ClientConnection connection = new ClientConnection(this, output);
    connections.add(connection);
    return connection;
  }

  /** Time has come to {@link #nextDeadline()}; harmless when too early. */
  void onTimer(long now) {
    network.deliver(now, sink);
    if (leaseTimer <= now) {
      for (RouterSession session : List.copyOf(sessions.values())) {
        if (session.leaseTimer() <= now) {
          renewLeases(now, session);
        }
      }
      leaseTimersChanged();
    }
  }

  /** When {@link #onTimer} is wanted next. */
  long nextDeadline() {
    return Math.min(leaseTimer, network.nextDeadline());
  }

  /** Ends every connection. */
  void shutDown(String cause) {
    for (ClientConnection connection : new ArrayList<>(connections)) {
      connection.close(cause);
    }
  }

  /** The conditions of every link without its own. */
  NetworkConditions conditions() {
    return network.conditions();
  }

  /** Changes the conditions of every link without its own. */
  void conditions(long now, NetworkConditions conditions) {
    network.conditions(now, conditions);
  }

  /** Begins the network's random decisions anew. */
  void reseed(long seed) {
    network.reseed(seed);
  }

  /** Changes the conditions of one direction; null: as everywhere. */
  void conditions(long now, Hash from, Hash to, @Nullable NetworkConditions conditions) {
    network.conditions(now, from, to, conditions);
  }

  NetworkStats stats() {
    return network.stats();
  }

  /** Arrived payloads that a client did not get because it reads too slowly. */
  long droppedForSlowClients() {
    return droppedForSlowClients;
  }

  /** The router's wall clock at {@code now}. */
  long epochMillis(long now) {
    return startEpochMillis + (now - startNanos) / 1_000_000;
  }

  /** Opens a session, or says why not in the words of Java I2P. */
  RouterSession admit(SessionRequest request, ClientConnection connection) throws RefusedException {
    Hash hash = request.destination().hash();
    if (sessions.containsKey(hash)) {
      throw new RefusedException("duplicate destination");
    }
    if (sessions.size() >= MAX_SESSIONS) {
      throw new RefusedException("session limit exceeded");
    }
    RouterSession session = new RouterSession(newSessionId(), request, connection);
    sessions.put(hash, session);
    return session;
  }

  /** A connection has ended. */
  void left(ClientConnection connection) {
    connections.remove(connection);
    RouterSession session = connection.session();
    if (session != null) {
      Hash hash = session.destination.hash();
      sessions.remove(hash);
      network.forget(hash);
      leaseTimersChanged();
    }
  }

  /** A client was told to go. */
  void refused(String reason) {
    LOG.info("Disconnected an I2CP client of the embedded router: {}", reason);
  }

  /** Some session's lease timer is new. */
  void leaseTimersChanged() {
    long earliest = NEVER;
    for (RouterSession session : sessions.values()) {
      earliest = Math.min(earliest, session.leaseTimer());
    }
    leaseTimer = earliest;
  }

  /** Fills the {@code length} bytes that a tunnel's gateway and id take. */
  void fillRandom(byte[] target, int offset, int length) {
    for (int i = 0; i < length; i++) {
      target[offset + i] = (byte) random.nextInt(256);
    }
  }

  /** The destination with this hash, if its session can be reached. */
  @Nullable Destination lookup(long now, Hash hash) {
    RouterSession session = sessions.get(hash);
    return session != null && session.reachable(epochMillis(now)) ? session.destination : null;
  }

  /** Sends a message into the network, or reports at once why not. */
  void route(
      long now,
      RouterSession sender,
      Destination to,
      byte[] bytes,
      int offset,
      int length,
      long nonce) {
    DeliveryStatus refusal = refusal(now, sender, to, length);
    if (refusal != null) {
      sender.connection.status(sender.id, nonce, refusal);
      return;
    }
    if (nonce != 0) {
      if (sender.reportsAcceptance()) {
        sender.connection.status(sender.id, nonce, DeliveryStatus.ACCEPTED);
      }
      sender.await(nonce);
    }
    network.send(now, sender.destination.hash(), to.hash(), bytes, offset, length, nonce);
  }

  private @Nullable DeliveryStatus refusal(
      long now, RouterSession sender, Destination to, int length) {
    if (length == 0 || length > MAX_PAYLOAD) {
      return DeliveryStatus.BAD_MESSAGE;
    }
    if (!sender.reachable(epochMillis(now))) {
      return DeliveryStatus.BAD_LOCAL_LEASE_SET;
    }
    return lookup(now, to.hash()) == null ? DeliveryStatus.NO_LEASE_SET : null;
  }

  private void arrived(long now, Hash from, Hash to, byte[] bytes, long nonce) {
    RouterSession receiver = sessions.get(to);
    boolean delivered = false;
    if (receiver != null) {
      delivered = receiver.connection.payload(receiver, receiver.nextMessageId(), bytes);
      if (!delivered && droppedForSlowClients++ == 0) {
        LOG.warn("An I2CP client reads too slowly; the embedded router drops messages to it");
      }
    }
    RouterSession sender = nonce == 0 ? null : sessions.get(from);
    if (sender != null && sender.ended(nonce)) {
      sender.connection.status(
          sender.id,
          nonce,
          delivered ? DeliveryStatus.GUARANTEED_SUCCESS : DeliveryStatus.GUARANTEED_FAILURE);
    }
  }

  private void renewLeases(long now, RouterSession session) {
    if (session.mayRequestAgain()) {
      session.connection.requestLeases(now, session);
    } else {
      session.connection.disconnect("Too many leaseset request fails");
    }
  }

  private int newSessionId() {
    int id = random.nextInt(SESSION_IDS);
    while (idInUse(id)) {
      id = (id + 1) % SESSION_IDS;
    }
    return id;
  }

  private boolean idInUse(int id) {
    for (RouterSession session : sessions.values()) {
      if (session.id == id) {
        return true;
      }
    }
    return false;
  }
}
