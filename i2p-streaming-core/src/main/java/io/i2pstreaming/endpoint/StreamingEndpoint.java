package io.i2pstreaming.endpoint;

import io.i2pstreaming.connection.CloseReason;
import io.i2pstreaming.connection.Connection;
import io.i2pstreaming.connection.ConnectionConfig;
import io.i2pstreaming.connection.DeliveryOutcome;
import io.i2pstreaming.connection.PathMemory;
import io.i2pstreaming.connection.StreamPorts;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.wire.MalformedPacketException;
import io.i2pstreaming.wire.PacketFlags;
import io.i2pstreaming.wire.PacketView;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * All connections of one destination, as a machine: told of packets, time and commands, asked for
 * packets and its next deadline. Finds the connection of a packet, admits and verifies SYNs, parks
 * packets that come before their SYN, answers pings, remembers closed ids. One thread at a time.
 */
public final class StreamingEndpoint {
  private ConnectionConfig incoming;
  private final LocalIdentity local;
  private final EndpointCounters counters = new EndpointCounters();
  private final StreamTally dialled = new StreamTally(counters, false);
  private final LoosePackets loose = new LoosePackets();
  private final ConnectionTable table = new ConnectionTable();
  private final EarlyPackets early = new EarlyPackets();
  private final WaitingSyns waiting;
  private final DeliveryWatch deliveries = new DeliveryWatch(counters);
  private final AdmissionPolicy policy;
  private final SynAdmission admission;
  private final Pings pings;
  private final PeerPaths paths;
  private final ConnectionTurns turns;
  private final StreamIds ids;
  private final PacketView view = new PacketView();
  private final EndpointOutput packets = new EndpointOutput(deliveries, counters);
  private @Nullable PacketTap tap;

  /** An endpoint without listeners and connections. */
  public StreamingEndpoint(EndpointConfig config, DestinationKeys keys, RandomGenerator random) {
    this(config, keys, random, new HashMap<>());
  }

  /**
   * The same, with the map in which it keeps its listeners: when that may be changed by other
   * threads, {@link #listen}, {@link #unlisten} and {@link #rules} may be called by any.
   */
  public StreamingEndpoint(
      EndpointConfig config,
      DestinationKeys keys,
      RandomGenerator random,
      Map<Integer, ListeningPort> listeners) {
    incoming = config.incoming();
    local = new LocalIdentity(keys);
    paths = new PeerPaths(config.sharing());
    turns = new ConnectionTurns(table, paths, counters);
    policy = new AdmissionPolicy(config.rules());
    SenderCheck dialling = SenderCheck.ofSyns(local, counters);
    waiting = new WaitingSyns(dialling, counters);
    admission = new SynAdmission(local, loose, counters, dialling, policy, listeners);
    SenderCheck pingers = SenderCheck.ofPings(local, counters);
    pings = new Pings(local, loose, counters, pingers, policy, config.answerPings());
    ids = new StreamIds(random, id -> table.knows(id) || pings.contains(id));
  }

  /**
   * Dials; the SYN leaves with the next {@link #emit}. When the endpoint holds 65,536 connections
   * already, the listener hears {@link CloseReason#EXHAUSTED} at once, and {@link
   * CloseReason#TOO_MANY_STREAMS} when the rules allow no more.
   *
   * @param connectTimeoutNanos how long the handshake may take; 0 is unlimited
   */
  public Connection connect(
      long now,
      Destination peer,
      int localPort,
      int remotePort,
      ConnectionConfig config,
      long connectTimeoutNanos,
      StreamPorts ports) {
    RemoteAuth auth = new RemoteAuth(local, peer);
    ConnectionEntry entry =
        new ConnectionEntry(auth, null, localPort, remotePort, ports.listener(), dialled);
    boolean room = hasRoom();
    boolean refused = table.isFull() || !room;
    PathMemory memory = refused ? null : paths.begun(now, peer.hash(), config);
    Connection connection =
        Connection.initiator(config, memory, ids.draw(), auth, entry.tapped(ports));
    entry.begun(connection, PeerPaths.given(memory));
    if (refused) {
      entry.closed(room ? CloseReason.EXHAUSTED : CloseReason.TOO_MANY_STREAMS);
      return connection;
    }
    table.add(entry);
    connection.open(now, connectTimeoutNanos);
    turns.touch(now, entry);
    return connection;
  }

  /**
   * Accepts SYNs to {@code port}; port 0 takes what no other listener takes. False if already
   * taken.
   */
  public boolean listen(int port, StreamAcceptor acceptor) {
    return admission.listen(port, acceptor);
  }

  /** Accepts no more SYNs to {@code port}; open connections stay. */
  public void unlisten(int port) {
    admission.unlisten(port);
  }

  /** Whether the rules allow one more open stream; {@link #connect} fails at once if not. */
  public boolean hasRoom() {
    return policy.hasRoom(counters.streams());
  }

  /** Gives connections that peers open from now on these numbers. */
  public void incoming(ConnectionConfig numbers) {
    incoming = numbers;
  }

  /** Applies these rules from now on; open connections stay. */
  public void rules(AdmissionRules rules) {
    policy.rules(rules);
  }

  /** From now on this one sees every packet; null is nobody. */
  public void tap(@Nullable PacketTap tap) {
    this.tap = tap;
    packets.tap(tap);
  }

  /**
   * Sends an echo request with at most 32 bytes. At most 64 wait at once: the listener of one more
   * hears {@link PingListener#timedOut} at once.
   */
  public void ping(
      long now,
      Destination peer,
      int localPort,
      int remotePort,
      byte[] payload,
      long timeoutNanos,
      PingListener listener) {
    if (payload.length > LoosePackets.MAX_ECHO_PAYLOAD) {
      throw new IllegalArgumentException("a ping carries 32 bytes, not " + payload.length);
    }
    pings.send(now, ids.draw(), peer, localPort, remotePort, payload, timeoutNanos, listener);
  }

  /** A streaming packet (I2CP protocol 6) arrived for this destination. */
  public void onDatagram(long now, int fromPort, int toPort, byte[] bytes, int offset, int length) {
    counters.packetsReceived++;
    try {
      view.wrap(bytes, offset, length);
    } catch (MalformedPacketException malformed) {
      counters.malformed++;
      return;
    }
    counters.received.received(view);
    if (tap != null) {
      tap.packet(now, false, toPort, fromPort, view);
    }
    if (view.has(PacketFlags.ECHO)) {
      pings.onEcho(now, fromPort, toPort, view, table.byOwnId(view.sendStreamId()));
    } else if (view.sendStreamId() != 0) {
      onKnownId(now, table.byOwnId(view.sendStreamId()));
    } else if (view.has(PacketFlags.SYNCHRONIZE)) {
      onSyn(now, fromPort, toPort, true);
    } else {
      onEarlyPacket(now);
    }
  }

  /** A RESET may come without the sender's id: its signature alone decides. */
  private void onKnownId(long now, @Nullable ConnectionEntry entry) {
    if (entry == null) {
      counters.unknownStream++;
      return;
    }
    int peerStreamId = entry.connection().sendStreamId();
    boolean foreign = peerStreamId != 0 && peerStreamId != view.receiveStreamId();
    if (foreign && !view.has(PacketFlags.RESET)) {
      counters.unknownStream++;
      return;
    }
    deliver(now, entry);
  }

  private void onSyn(long now, int fromPort, int toPort, boolean mayWait) {
    PeerKey peer = admission.peerOf(view);
    if (peer == null) {
      return;
    }
    ConnectionEntry existing = table.byPeer(peer);
    if (existing != null) {
      deliver(now, existing);
    } else if (mayWait && waiting.park(now, fromPort, toPort, view)) {
      return;
    } else if (table.closed().contains(peer)) {
      counters.unknownStream++;
      if (table.closed().sawSynAgain(now, peer)) {
        admission.refuse(now, fromPort, toPort, view);
      }
    } else {
      boolean full = table.isFull() || table.halfOpen() >= SynAdmission.MAX_HALF_OPEN;
      SynAdmission.Admitted admitted =
          admission.admit(now, fromPort, toPort, view, full, ids.draw());
      if (admitted != null) {
        answer(now, fromPort, toPort, peer, admitted);
      }
    }
  }

  /** Takes up SYNs that came when too many did. */
  private void onTimeForSyns(long now) {
    for (WaitingSyns.Syn syn = waiting.next(now); syn != null; syn = waiting.next(now)) {
      view.wrapAgain(syn.packet, 0, syn.packet.length);
      onSyn(now, syn.fromPort, syn.toPort, false);
    }
  }

  /** The answers go out from the port that the SYN came to, to the port that it came from. */
  private void answer(
      long now, int fromPort, int toPort, PeerKey peer, SynAdmission.Admitted admitted) {
    RemoteAuth auth = admitted.auth();
    StreamPorts ports = admitted.ports();
    PeerKey shared = new PeerKey(auth.remote().hash(), peer.peerStreamId());
    ConnectionEntry entry =
        new ConnectionEntry(
            auth, shared, toPort, fromPort, ports.listener(), admitted.listening().tally);
    PathMemory memory = paths.begun(now, auth.remote().hash(), incoming);
    Connection connection =
        Connection.responder(incoming, memory, ids.draw(), auth, entry.tapped(ports));
    entry.begun(connection, PeerPaths.given(memory));
    table.add(entry);
    admitted.listening().acceptor.accepted(ports, connection);
    connection.onPacket(now, view);
    for (byte[] parked : early.take(peer.peerStreamId())) {
      connection.onPacket(now, view.wrapAgain(parked, 0, parked.length));
    }
    turns.touch(now, entry);
  }

  /** No SYN and no id of ours: data that was sent before the SYN-ACK told it. */
  private void onEarlyPacket(long now) {
    int found = table.countByPeerId(view.receiveStreamId());
    ConnectionEntry entry = table.byPeerId(view.receiveStreamId());
    if (found == 1 && entry != null) {
      deliver(now, entry);
      return;
    }
    boolean useless = view.receiveStreamId() == 0 || view.has(PacketFlags.RESET);
    if (found > 0 || useless || !early.park(now, view)) {
      counters.unknownStream++;
    }
  }

  private void deliver(long now, ConnectionEntry entry) {
    Connection connection = entry.connection();
    long refused = connection.packetsIgnored();
    connection.onPacket(now, view);
    counters.refusedByStreams += connection.packetsIgnored() - refused;
    turns.touch(now, entry);
  }

  /** The router's word on the packet that was sent with {@code nonce}. */
  public void onDelivery(long now, long nonce, DeliveryOutcome outcome) {
    ConnectionEntry entry = deliveries.answered(now, nonce, outcome);
    if (entry != null) {
      entry.connection().onDelivery(now, outcome);
      turns.touch(now, entry);
    }
  }

  /** What the wall clock says at {@code now}, by the router's reckoning; for offline-key expiry. */
  public void onClock(long now, long epochMillis) {
    local.clock(now, epochMillis);
  }

  /** The source of {@code connection} has new bytes, a flush or its end. */
  public void onWritten(long now, Connection connection) {
    ConnectionEntry entry = table.of(connection);
    if (entry != null) {
      connection.onWritten(now);
      turns.touch(now, entry);
    }
  }

  /** The application read from the sink of {@code connection}, or abandoned it. */
  public void onRead(long now, Connection connection) {
    ConnectionEntry entry = table.of(connection);
    if (entry != null) {
      connection.onRead(now);
      turns.touch(now, entry);
    }
  }

  /** From now on the connection's inactivity action waits for so much silence; 0 is never. */
  public void inactivityTimeout(long now, Connection connection, long nanos) {
    ConnectionEntry entry = table.of(connection);
    if (entry != null) {
      connection.inactivityTimeout(nanos);
      turns.touch(now, entry);
    }
  }

  /** Ends one connection at once. */
  public void abort(long now, Connection connection, CloseReason reason) {
    ConnectionEntry entry = table.of(connection);
    if (entry != null) {
      connection.abort(now, reason);
      turns.touch(now, entry);
    }
  }

  /** Ends every connection and ping, without packets: the router is gone or the manager closes. */
  public void abandonAll(long now, CloseReason reason) {
    turns.abandonAll(now, reason);
    early.clear();
    waiting.clear();
    loose.clear();
    deliveries.clear();
    pings.abandonAll();
  }

  /** Time has come to {@link #nextDeadline()}; harmless when too early. */
  public void onTimer(long now) {
    turns.onTimer(now);
    onTimeForSyns(now);
    early.expire(now);
    pings.expire(now);
    deliveries.expire(now);
    table.closed().expire(now);
  }

  /**
   * Sends up to {@code maxPackets} packets that are due, fairly among connections; returns how
   * many.
   */
  public int emit(long now, DatagramOutput output, int maxPackets) {
    int sent = 0;
    while (sent < maxPackets && packets.send(now, output, loose.poll())) {
      sent++;
    }
    return sent + turns.emit(now, packets, output, maxPackets - sent);
  }

  /** Whether {@link #emit} has more to send right now. */
  public boolean hasOutput() {
    return !loose.isEmpty() || turns.hasOutput();
  }

  /** When {@link #onTimer} is wanted next, or {@link Connection#NEVER}. */
  public long nextDeadline() {
    long soonest = Math.min(turns.nextDeadline(), pings.nextDeadline());
    soonest = Math.min(soonest, early.nextExpiry());
    soonest = Math.min(soonest, waiting.nextDeadline());
    soonest = Math.min(soonest, deliveries.nextExpiry());
    return Math.min(soonest, table.closed().nextExpiry());
  }

  /** The connections that are not over, oldest first; a copy. */
  public Collection<Connection> connections() {
    return table.entries().stream()
        .map(ConnectionEntry::connection)
        .filter(connection -> !connection.isOver())
        .toList();
  }

  /** A snapshot of its counters and table sizes. */
  public EndpointStats stats() {
    return counters.stats(
        table.size(), early.packets() + waiting.size(), pings.pending(), table.closed().size());
  }

  /** How many SYNs and pings were refused, by reason. */
  public Rejections rejections() {
    return counters.rejections();
  }

  /** What it did since it was made, ended connections included. */
  public EndpointTotals totals() {
    return counters.totals(table.entries());
  }
}
