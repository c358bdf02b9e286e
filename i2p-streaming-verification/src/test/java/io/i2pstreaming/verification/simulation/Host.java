package io.i2pstreaming.verification.simulation;

import static io.i2pstreaming.verification.simulation.BrokenInvariant.require;

import io.i2pstreaming.connection.CloseReason;
import io.i2pstreaming.connection.CongestionAlgorithm;
import io.i2pstreaming.connection.Connection;
import io.i2pstreaming.connection.ConnectionConfig;
import io.i2pstreaming.connection.ConnectionStats;
import io.i2pstreaming.connection.DeliveryOutcome;
import io.i2pstreaming.connection.PacketKind;
import io.i2pstreaming.connection.StreamPorts;
import io.i2pstreaming.endpoint.EndpointConfig;
import io.i2pstreaming.endpoint.EndpointStats;
import io.i2pstreaming.endpoint.EndpointTotals;
import io.i2pstreaming.endpoint.PingListener;
import io.i2pstreaming.endpoint.Rejections;
import io.i2pstreaming.endpoint.StreamAcceptor;
import io.i2pstreaming.endpoint.StreamingEndpoint;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.verification.simulation.Carrier.Fate;
import io.i2pstreaming.wire.MalformedPacketException;
import io.i2pstreaming.wire.PacketFlags;
import io.i2pstreaming.wire.PacketView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One destination in the simulation: a production endpoint, its applications, its invariants. */
final class Host implements StreamAcceptor {
  /** More packets at one moment from one host than any window allows is a storm. */
  private static final int MAX_BURST = 5_000;

  /** A router does not say who sent a packet. */
  static final int UNTOLD = -2;

  private static final long LONGEST_PAUSE_NANOS = 50_000_000_000L;
  private static final long PING_TIMEOUT_NANOS = 20_000_000_000L;

  private final Simulation world;
  private final int number;
  private final DestinationKeys keys;
  private final ConnectionConfig config;
  private final StreamingEndpoint endpoint;
  private final WireChecks wire;
  private final List<SimulatedStream> streams = new ArrayList<>();
  private final PacketView view = new PacketView();
  private final Set<Long> arrivedTags = new HashSet<>();
  private final long[] highestTag;
  private int parkedBefore;

  /** The sender's stream id in the packet that is being taken in. */
  private int arriving;

  Host(
      Simulation world,
      int number,
      DestinationKeys keys,
      ConnectionConfig config,
      int hosts,
      RandomGenerator random) {
    this.world = world;
    this.number = number;
    this.keys = keys;
    this.config = config;
    highestTag = new long[hosts];
    endpoint =
        new StreamingEndpoint(
            new EndpointConfig(config, true, world.scenario().rules().get(number)), keys, random);
    endpoint.tap(world.trace().tapOf(number));
    endpoint.listen(Scenario.LISTENING_PORT, this);
    boolean aimd = config.congestionAlgorithm() == CongestionAlgorithm.AIMD;
    world.marks().hit(aimd ? Mark.AIMD_CONTROL : Mark.DELAY_CONTROL);
    wire = new WireChecks(number, config, world.marks());
  }

  int number() {
    return number;
  }

  DestinationKeys keys() {
    return keys;
  }

  Destination destination() {
    return keys.destination();
  }

  ConnectionConfig config() {
    return config;
  }

  StreamingEndpoint endpoint() {
    return endpoint;
  }

  long now() {
    return world.now();
  }

  /** Whether it has been good for longer than any pause between two copies of a packet. */
  boolean networkIsGoodAgain() {
    return now() > world.scenario().healsAt() + LONGEST_PAUSE_NANOS;
  }

  void note(long now, String what) {
    world.trace().note(now, number, what);
  }

  void ended(CloseReason reason) {
    world.marks().hit(Mark.valueOf("ENDED_" + reason));
  }

  void mark(Mark mark, boolean met) {
    world.marks().hit(mark, met ? 1 : 0);
  }

  // What its applications do.

  void dial(long now, Destination peer, int streamNumber, int port, SimulatedStream stream) {
    streams.add(stream);
    StreamPorts ports = new StreamPorts(stream, stream, stream);
    int localPort = Simulation.portOf(streamNumber);
    long timeout = config.connectTimeoutNanos();
    Connection connection = endpoint.connect(now, peer, localPort, port, config, timeout, ports);
    world.dialled(streamNumber, connection.receiveStreamId());
    stream.begin(now, connection);
    settle(now);
  }

  void ping(long now, Destination peer) {
    byte[] payload = {1, 2, 3, 4};
    PingListener listener =
        new PingListener() {
          @Override
          public void pong(long rttNanos, byte[] echoed) {
            require(rttNanos >= 0 && echoed.length == payload.length, "a pong is wrong");
            world.marks().hit(Mark.PING_ANSWERED);
          }

          @Override
          public void timedOut() {
            world.marks().hit(Mark.PING_TIMED_OUT);
          }
        };
    int port = Scenario.LISTENING_PORT;
    endpoint.ping(now, peer, port, port, payload, PING_TIMEOUT_NANOS, listener);
    settle(now);
  }

  void loseRouter(long now) {
    mark(Mark.SESSION_LOST_THROUGH_I2CP, world.scenario().throughI2cp());
    endpoint.abandonAll(now, CloseReason.ROUTER_LOST);
    require(endpoint.connections().isEmpty(), "a stream outlived its session");
    world.carrier().reconnect(now, this);
    settle(now);
  }

  @Override
  public @Nullable StreamPorts accept(Destination peer, int localPort, int remotePort) {
    long live = streams.stream().filter(stream -> stream.closeReason() == null).count();
    if (live >= world.scenario().backlog()) {
      world.marks().hit(Mark.BACKLOG_REFUSAL);
      return null;
    }
    SimulatedStream stream = world.answererOf(arriving);
    require(stream.connection() == null, "one SYN opened a stream twice");
    return new StreamPorts(stream, stream, stream);
  }

  @Override
  public void accepted(StreamPorts ports, Connection connection) {
    SimulatedStream stream = (SimulatedStream) ports.source();
    streams.add(stream);
    stream.begin(now(), connection);
  }

  // What the world does to it.

  void receive(long now, int from, int fromPort, int toPort, byte[] arrived, long tag) {
    byte[] packet = world.sabotage().apply(arrived);
    Marks marks = world.marks();
    if (from != UNTOLD) {
      marks.hit(Mark.ARRIVED_TWICE, arrivedTags.add(tag) ? 0 : 1);
      marks.hit(Mark.ARRIVED_OUT_OF_ORDER, tag < highestTag[from] ? 1 : 0);
      highestTag[from] = Math.max(highestTag[from], tag);
    }
    wrap(packet, 0, packet.length);
    world.trace().packet(now, "<-", number, from, view);
    boolean syn = view.has(PacketFlags.SYNCHRONIZE) && view.sendStreamId() == 0;
    if (syn) {
      boolean known = !world.arrivedSyn(number, from, view.receiveStreamId());
      marks.hit(Mark.SYN_DUPLICATED, known ? 1 : 0);
    }
    wire.received(view);
    arriving = view.receiveStreamId();
    endpoint.onDatagram(now, fromPort, toPort, packet, 0, packet.length);
    int parked = endpoint.stats().parkedPackets();
    marks.hit(Mark.EARLY_DATA_PARKED, parked > parkedBefore ? 1 : 0);
    marks.hit(Mark.SYN_OVERTAKEN, syn && parked < parkedBefore ? 1 : 0);
    parkedBefore = parked;
    settle(now);
  }

  void status(long now, long nonce, DeliveryOutcome outcome) {
    world.marks().hit(Mark.STATUS_DELIVERED, outcome == DeliveryOutcome.DELIVERED ? 1 : 0);
    endpoint.onDelivery(now, nonce, outcome);
    settle(now);
  }

  long nextDeadline() {
    long soonest = endpoint.nextDeadline();
    for (SimulatedStream stream : streams) {
      soonest = Math.min(soonest, stream.nextAction());
    }
    return soonest;
  }

  /** Everything that is due by the clock. */
  void onTime(long now) {
    if (endpoint.nextDeadline() <= now) {
      endpoint.onTimer(now);
      parkedBefore = endpoint.stats().parkedPackets();
      settle(now);
      require(
          endpoint.nextDeadline() > now,
          () -> "host " + number + " armed a timer for a moment that has come already");
    }
    for (int i = 0; i < streams.size(); i++) {
      while (streams.get(i).nextAction() <= now) {
        streams.get(i).act(now);
        settle(now);
      }
    }
  }

  /** The end of every event: what is due leaves, then everything must be as it should. */
  private void settle(long now) {
    int burst = 0;
    while (endpoint.hasOutput()) {
      burst += endpoint.emit(now, this::send, 16);
      require(burst < MAX_BURST, () -> "host " + number + " sends without end at one moment");
    }
    for (Connection connection : endpoint.connections()) {
      ConnectionStats stats = connection.stats();
      require(
          stats.inFlightPackets() <= Math.min(124, config.maxWindowPackets()) + 1,
          () -> "host " + number + " has too many packets in flight: " + stats);
      require(stats.windowPackets() >= 1, () -> "a window below one packet: " + stats);
    }
    EndpointStats stats = endpoint.stats();
    require(stats.malformed() == 0, () -> "host " + number + " could not parse a sound packet");
    require(stats.badSignature() == 0, () -> "host " + number + " refused a sound signature");
    require(stats.replayed() == 0, () -> "host " + number + " took a SYN for a replay");
  }

  private boolean send(
      Destination to,
      int fromPort,
      int toPort,
      byte[] packet,
      int offset,
      int length,
      PacketKind kind,
      long nonce,
      long lifetimeNanos) {
    long now = now();
    Fate fate =
        world
            .carrier()
            .send(now, this, to, fromPort, toPort, packet, offset, length, nonce, lifetimeNanos);
    wrap(packet, offset, length);
    String direction = fate == Fate.UNDER_WAY ? "->" : fate == Fate.LOST ? "-x" : "-o";
    world.trace().packet(now, direction, number, world.numberOf(to), view);
    wire.sent(view, fate);
    return true;
  }

  private void wrap(byte[] packet, int offset, int length) {
    try {
      view.wrap(packet, offset, length);
    } catch (MalformedPacketException malformed) {
      throw new BrokenInvariant("host " + number + " met " + malformed.getMessage());
    }
  }

  // What must be true at the end.

  void finish() {
    EndpointStats stats = endpoint.stats();
    require(stats.connections() == 0, () -> "connections are left: " + stats);
    require(stats.parkedPackets() == 0, () -> "packets are left: " + stats);
    require(stats.pendingPings() == 0, () -> "pings are left: " + stats);
    require(stats.recentlyClosed() == 0, () -> "closed ids are left: " + stats);
    require(!endpoint.hasOutput(), "output is left");
    for (SimulatedStream stream : streams) {
      require(stream.closeReason() != null, "a stream was never told its end");
    }
    EndpointTotals totals = endpoint.totals();
    require(totals.activeIncoming() == 0 && totals.activeOutgoing() == 0, () -> "left: " + totals);
    world.marks().hit(Mark.FAST_RETRANSMISSION, totals.fastRetransmissions());
    world.marks().hit(Mark.TIMEOUT_RETRANSMISSION, totals.timeoutRetransmissions());
    Rejections rejections = endpoint.rejections();
    world.marks().hit(Mark.NO_LISTENER_REFUSAL, rejections.noListener());
    world.marks().hit(Mark.ACCESS_REFUSAL, rejections.access());
    world.marks().hit(Mark.MAX_STREAMS_REFUSAL, rejections.maxStreams());
    world.marks().hit(Mark.PEER_RATE_REFUSAL, rejections.peerRate());
    world.marks().hit(Mark.TOTAL_RATE_REFUSAL, rejections.totalRate());
  }
}
