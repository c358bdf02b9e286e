package io.i2pstreaming.loop;

import io.i2pstreaming.connection.CloseReason;
import io.i2pstreaming.connection.Connection;
import io.i2pstreaming.connection.ConnectionConfig;
import io.i2pstreaming.connection.DeliveryOutcome;
import io.i2pstreaming.connection.PacketKind;
import io.i2pstreaming.endpoint.AdmissionRules;
import io.i2pstreaming.endpoint.DatagramOutput;
import io.i2pstreaming.endpoint.StreamingEndpoint;
import io.i2pstreaming.i2cp.DeliveryStatus;
import io.i2pstreaming.i2cp.I2cpListener;
import io.i2pstreaming.i2cp.PayloadSession;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.link.RouterAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the session with the router and the streams meet: what one of them says becomes what the
 * other hears. Loop thread only.
 */
final class Junction implements I2cpListener, DatagramOutput {
  /** Packets sent in one turn before the router's bytes get their chance. */
  private static final int PACKETS_PER_TURN = 128;

  /** Packets sent at the end: a RESET for every stream, within reason. */
  private static final int PACKETS_AT_THE_END = 4096;

  private final StreamingEndpoint endpoint;
  private final Resolver resolver;
  private final Session session;
  private final SessionListener listener;
  private final RejectionLog rejections;
  private final DatagramPort datagrams;
  private final DialQueue dials;
  private final Taps taps;

  /** The time of the present call from the endpoint. */
  private long now;

  private @Nullable String downReason;
  private boolean downRetryable;

  Junction(LoopSettings settings, Mailbox mailbox, Runnable wake, SessionListener listener) {
    this.endpoint =
        new StreamingEndpoint(
            settings.endpoint(), settings.keys(), settings.random(), new ConcurrentHashMap<>());
    this.taps = new Taps(endpoint);
    this.resolver = new Resolver(settings.keys().destination());
    RouterAddress router = settings.router();
    PayloadSession borrowed = settings.borrowed();
    if (router != null) {
      this.session = new RouterSession(settings, router, mailbox, wake, this);
    } else {
      this.session = new BorrowedSession(Objects.requireNonNull(borrowed), mailbox, wake, this);
    }
    this.listener = listener;
    this.datagrams = new DatagramPort(mailbox, this);
    this.rejections =
        new RejectionLog(
            settings.name(), settings.endpoint().rules().limits().rejectLoggingDisabled());
    this.dials = new DialQueue(endpoint::hasRoom);
  }

  /** Numbers for streams that peers open from now on. */
  void incoming(ConnectionConfig config) {
    endpoint.incoming(config);
  }

  /** Applies rules to peers that come from now on. */
  void rules(AdmissionRules rules) {
    endpoint.rules(rules);
    rejections.disabled(rules.limits().rejectLoggingDisabled());
  }

  StreamingEndpoint endpoint() {
    return endpoint;
  }

  DatagramPort datagrams() {
    return datagrams;
  }

  Taps taps() {
    return taps;
  }

  Resolver resolver() {
    return resolver;
  }

  /** Finds a destination, a session, and room for one more stream. */
  void dial(
      long time,
      @Nullable Destination destination,
      String name,
      long deadline,
      Resolution resolution) {
    resolver.resolve(
        time,
        destination,
        name,
        deadline,
        new Resolution() {
          @Override
          public void resolved(long when, Destination found) {
            dials.add(when, found, deadline, resolution);
          }

          @Override
          public void unresolved(CloseReason reason, String detail) {
            resolution.unresolved(reason, detail);
          }

          @Override
          public boolean abandoned() {
            return resolution.abandoned();
          }
        });
  }

  /** Opens the first session. */
  void start() {
    session.connect();
  }

  /** An attempt begins. */
  void connecting() {
    listener.connecting();
  }

  /** Notes what the router has sent, which is all that {@link #turn} handles of it. */
  void look() {
    session.look();
  }

  /** What is due; true when there is more than one turn takes. */
  boolean turn(long time) {
    now = time;
    boolean more = session.turn(time);
    if (resolver.nextDeadline() <= time) {
      resolver.onTimer(time);
    }
    if (endpoint.nextDeadline() <= time) {
      endpoint.onTimer(time);
    }
    settle(time);
    dials.advance(time);
    if (dials.nextDeadline() <= time) {
      dials.onTimer(time);
    }
    rejections.look(time, endpoint.rejections());
    if (session.isOpen()) {
      endpoint.emit(time, this, PACKETS_PER_TURN);
      session.flush();
      more |= endpoint.hasOutput() || dials.canAdvance();
    }
    return more;
  }

  /** Draws the conclusion after the client, inside one of its inputs, said that it is over. */
  private void settle(long time) {
    String reason = downReason;
    if (reason == null) {
      return;
    }
    downReason = null;
    reason = session.attributed(reason);
    long wait = session.ended(time, downRetryable);
    resolver.sessionDown(reason);
    if (wait >= 0) {
      listener.down(reason, wait);
    } else {
      resolver.fail(CloseReason.ROUTER_LOST, reason);
      listener.failed(reason);
    }
    dials.fail(CloseReason.ROUTER_LOST, reason);
    endpoint.abandonAll(time, CloseReason.ROUTER_LOST);
  }

  /** Something in here failed that never should: the session starts anew. */
  void restart(long time) {
    downReason = "an internal error, see the log";
    downRetryable = true;
    settle(time);
  }

  /** Ends everything: peers get a RESET, the router a goodbye, nobody is waited for. */
  void stop(long time) {
    now = time;
    if (session.isOpen()) {
      for (Connection connection : List.copyOf(endpoint.connections())) {
        endpoint.abort(time, connection, CloseReason.MANAGER_CLOSED);
      }
      endpoint.emit(time, this, PACKETS_AT_THE_END);
    }
    session.stop(time);
    resolver.fail(CloseReason.MANAGER_CLOSED, "the stream manager is closed");
    dials.fail(CloseReason.MANAGER_CLOSED, "the stream manager is closed");
    endpoint.abandonAll(time, CloseReason.MANAGER_CLOSED);
  }

  boolean hasInput() {
    return session.hasInput();
  }

  long nextDeadline() {
    long streams = Math.min(endpoint.nextDeadline(), dials.nextDeadline());
    return Math.min(streams, Math.min(session.nextDeadline(), resolver.nextDeadline()));
  }

  LoopStats stats() {
    return new LoopStats(
        endpoint.stats(), endpoint.totals(), session.dropped(), datagrams.unclaimed());
  }

  @Override
  public boolean send(
      Destination to,
      int fromPort,
      int toPort,
      byte[] packet,
      int offset,
      int length,
      PacketKind kind,
      long nonce,
      long lifetimeNanos) {
    return session.send(
        now,
        to,
        DatagramPort.STREAMING,
        fromPort,
        toPort,
        packet,
        offset,
        length,
        carriesDestination(kind),
        nonce,
        lifetimeNanos,
        mayBundleLeaseSet(kind));
  }

  /** Sends what is not streaming; false without a session. */
  boolean sendDatagram(
      long time,
      Destination to,
      int protocol,
      int fromPort,
      int toPort,
      byte[] payload,
      long lifetimeNanos) {
    return session.send(
        time,
        to,
        protocol,
        fromPort,
        toPort,
        payload,
        0,
        payload.length,
        true,
        0,
        lifetimeNanos,
        true);
  }

  /** Deflating pays for the padding of a destination; data are sent as they are. */
  private static boolean carriesDestination(PacketKind kind) {
    return kind == PacketKind.SYN || kind == PacketKind.SYN_ACK;
  }

  /** Answers travel to somebody who got our lease set or found it already. */
  private static boolean mayBundleLeaseSet(PacketKind kind) {
    return switch (kind) {
      case SYN, DATA, ACK, PING -> true;
      case SYN_ACK, CLOSE, RESET, PONG -> false;
    };
  }

  /** Changes tunnel options of this session and the following ones. */
  void reconfigure(long time, Map<String, String> changes, Reconfiguration whoever) {
    session.reconfigure(time, changes, whoever);
  }

  @Override
  public void reconfigured(long time, boolean taken) {
    session.reconfigured(taken);
  }

  @Override
  public void sessionAccepted(long time) {
    listener.accepted();
  }

  @Override
  public void sessionUp(long time) {
    if (session.isOpen()) {
      // In this order: whoever hears that the options were taken must find the state up.
      listener.up(session.routerVersion());
      session.up(time);
      resolver.sessionUp(time, session);
    }
  }

  @Override
  public void sessionDown(long time, String reason, boolean retryable) {
    downReason = reason;
    downRetryable = retryable;
  }

  @Override
  public void payload(
      long time, int protocol, int fromPort, int toPort, byte[] bytes, int offset, int length) {
    if (protocol == DatagramPort.STREAMING) {
      endpoint.onDatagram(time, fromPort, toPort, bytes, offset, length);
    } else {
      datagrams.received(protocol, fromPort, toPort, bytes, offset, length);
    }
  }

  @Override
  public void delivery(long time, long nonce, DeliveryStatus status) {
    switch (status) {
      case AVAILABLE, ACCEPTED -> {
        // Only the router's first word; the last one is still to come.
      }
      case BEST_EFFORT_SUCCESS, GUARANTEED_SUCCESS, LOCAL_SUCCESS ->
          endpoint.onDelivery(time, nonce, DeliveryOutcome.DELIVERED);
      case NO_LEASE_SET, BAD_LEASE_SET, EXPIRED_LEASE_SET, META_LEASE_SET ->
          endpoint.onDelivery(time, nonce, DeliveryOutcome.NO_LEASE_SET);
      case BAD_DESTINATION, UNSUPPORTED_ENCRYPTION, BAD_MESSAGE, LOOPBACK_DENIED ->
          endpoint.onDelivery(time, nonce, DeliveryOutcome.HARD_FAILURE);
      case EXPIRED -> endpoint.onDelivery(time, nonce, DeliveryOutcome.EXPIRED);
      default -> endpoint.onDelivery(time, nonce, DeliveryOutcome.SOFT_FAILURE);
    }
  }

  @Override
  public void lookedUp(long time, long lookupId, @Nullable Destination destination) {
    resolver.lookedUp(time, lookupId, destination);
  }

  @Override
  public void clockSet(long time, long epochMillis) {
    endpoint.onClock(time, epochMillis);
  }
}
