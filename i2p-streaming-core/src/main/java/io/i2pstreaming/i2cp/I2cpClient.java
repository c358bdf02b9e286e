package io.i2pstreaming.i2cp;

import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.identity.Hash;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The life of one I2CP session over one link, as a machine: GetDate, CreateSession, lease sets,
 * messages, lookups. Used once per link; bytes to the router leave through the {@link ByteOutput}
 * at once, inside the call that causes them. One thread at a time. Never asks a clock, and never
 * throws because of what a router sent: that costs a counter or, where the session cannot go on,
 * ends it.
 *
 * <p>I2CP specification 0.9.67.
 */
public final class I2cpClient {
  /** No deadline. */
  public static final long NEVER = Long.MAX_VALUE;

  /** Largest payload: i2pd copies messages into a buffer of 62,708 bytes. */
  public static final int MAX_PAYLOAD = 61 * 1024;

  /** The API version we announce. */
  static final String API_VERSION = "0.9.67";

  private static final byte[] PROTOCOL_BYTE = {0x2a};
  private static final int NO_SESSION = 0xffff;

  private final DestinationKeys keys;

  /** Null with the old lease set. */
  private final @Nullable EncryptionTypes encryption;

  private final DateRequest dateRequest;
  private final SessionRequest sessionRequest;
  private final LeaseSetWriter leaseSetWriter;
  private final ByteOutput output;
  private final I2cpListener listener;

  private final RouterClock clock = new RouterClock();
  private final HostLookups lookups;
  private final FrameSplitter splitter = new FrameSplitter();
  private final FrameOutput control = new FrameOutput();
  private final FrameSplitter.FrameHandler frameHandler = this::frame;
  private final GzipPayload gzip;
  private final Compression compression;
  private final MessageWriter message;
  private final MessageReader received;

  private SessionPhase phase = SessionPhase.NEW;
  private long phaseDeadline = NEVER;
  private int sessionId = NO_SESSION;
  private String routerVersion = "";
  private long ignoredFrames;

  /** Time of the input that is being handled; only meaningful inside one. */
  private long now;

  /**
   * A client that has sent nothing yet.
   *
   * @param random makes the lease set's private key: a secure one outside tests
   * @throws IllegalArgumentException when the options do not fit I2CP or contradict the keys
   */
  public I2cpClient(
      SessionConfig config,
      DestinationKeys keys,
      RandomGenerator random,
      ByteOutput output,
      I2cpListener listener) {
    this(config, keys, random, output, listener, new GzipPayload());
  }

  /** With an envelope of the caller's, which the client ends. */
  I2cpClient(
      SessionConfig config,
      DestinationKeys keys,
      RandomGenerator random,
      ByteOutput output,
      I2cpListener listener,
      GzipPayload gzip) {
    this.gzip = gzip;
    this.message = new MessageWriter(gzip);
    this.received = new MessageReader(gzip, listener);
    Map<String, String> options = SessionOptions.withRequired(config);
    this.keys = keys;
    this.encryption =
        config.legacyLeaseSet()
            ? null
            : EncryptionTypes.of(options.getOrDefault(SessionOptions.LEASE_SET_ENCRYPTION, "4"));
    this.compression = config.compression();
    this.dateRequest = new DateRequest(options);
    this.sessionRequest = new SessionRequest(options, keys);
    boolean unpublished = Boolean.parseBoolean(options.get(SessionOptions.DONT_PUBLISH));
    this.leaseSetWriter =
        encryption == null
            ? new LegacyLeaseSetWriter(keys, random)
            : new LeaseSet2Writer(keys, encryption, unpublished, random);
    this.output = output;
    this.listener = listener;
    this.lookups = new HostLookups(output, listener);
  }

  /** The link is open: sends the protocol byte and GetDate. */
  public void onLinkOpen(long now) {
    if (phase != SessionPhase.NEW) {
      return;
    }
    enter(now, SessionPhase.DATE_ASKED);
    output.write(PROTOCOL_BYTE, 0, 1);
    dateRequest.write(control);
    write(control);
  }

  /** Bytes from the router, cut anywhere. */
  public void onBytes(long now, byte[] bytes, int offset, int length) {
    if (phase == SessionPhase.NEW || phase == SessionPhase.OVER) {
      return;
    }
    this.now = now;
    try {
      splitter.feed(bytes, offset, length, frameHandler);
    } catch (MalformedFrameException e) {
      over(now, phase == SessionPhase.DATE_ASKED ? Refusal.NOT_I2CP : Refusal.malformed(e));
    }
  }

  private void frame(int type, byte[] bytes, int offset, int length)
      throws MalformedFrameException {
    if (phase == SessionPhase.OVER) {
      return;
    }
    FrameInput in = new FrameInput(bytes, offset, length);
    switch (type) {
      case MessageType.SET_DATE -> setDate(in);
      case MessageType.SESSION_STATUS -> sessionStatus(in);
      case MessageType.REQUEST_VARIABLE_LEASE_SET -> leaseRequest(in, true);
      case MessageType.REQUEST_LEASE_SET -> leaseRequest(in, false);
      case MessageType.DISCONNECT -> disconnect(in);
      case MessageType.MESSAGE_PAYLOAD, MessageType.MESSAGE_STATUS, MessageType.HOST_REPLY ->
          tolerant(type, in);
      default -> ignoredFrames++;
    }
  }

  /** Frames whose loss costs one message only: a bad one is counted, and the session goes on. */
  private void tolerant(int type, FrameInput in) {
    boolean used;
    try {
      used =
          switch (type) {
            case MessageType.MESSAGE_PAYLOAD ->
                phase.granted() && received.payload(now, sessionId, in);
            case MessageType.MESSAGE_STATUS ->
                phase.granted() && received.status(now, sessionId, in);
            default -> lookups.reply(now, in);
          };
    } catch (MalformedFrameException e) {
      used = false;
    }
    if (!used) {
      ignoredFrames++;
    }
  }

  private void setDate(FrameInput in) throws MalformedFrameException {
    long epochMillis = in.i64();
    String version = in.remaining() > 0 ? in.string() : "";
    clock.set(now, epochMillis);
    if (phase == SessionPhase.DATE_ASKED) {
      routerVersion = version;
      Refusal refusal = encryption == null ? null : encryption.refusal(version);
      if (refusal != null) {
        over(now, refusal);
        return;
      }
      enter(now, SessionPhase.SESSION_ASKED);
      sessionRequest.write(control, epochMillis);
      write(control);
    }
    listener.clockSet(now, epochMillis);
  }

  private void sessionStatus(FrameInput in) throws MalformedFrameException {
    int id = in.u16();
    SessionStatus status = SessionStatus.ofCode(in.u8());
    if (status == null) {
      ignoredFrames++;
    } else if (phase == SessionPhase.SESSION_ASKED) {
      switch (status) {
        case CREATED -> {
          sessionId = id;
          enter(now, SessionPhase.LEASES_AWAITED);
          listener.sessionAccepted(now);
        }
        case DESTROYED -> over(now, Refusal.DESTROYED);
        case INVALID -> over(now, Refusal.invalidSession(keys.offline() != null));
        case REFUSED -> over(now, Refusal.LIMIT);
        case UPDATED -> ignoredFrames++;
      }
    } else if (status == SessionStatus.DESTROYED && phase.granted() && id == sessionId) {
      over(now, Refusal.DESTROYED);
    } else if ((status == SessionStatus.UPDATED || status == SessionStatus.INVALID)
        && phase == SessionPhase.UP
        && id == sessionId) {
      listener.reconfigured(now, status == SessionStatus.UPDATED);
    } else {
      ignoredFrames++;
    }
  }

  private void leaseRequest(FrameInput in, boolean variable) throws MalformedFrameException {
    int id = in.u16();
    LeaseRequest request = LeaseRequest.read(in, variable);
    if (!phase.granted() || id != sessionId || request.leases().isEmpty()) {
      ignoredFrames++;
      return;
    }
    boolean first = phase == SessionPhase.LEASES_AWAITED;
    enter(now, SessionPhase.UP);
    leaseSetWriter.write(control, sessionId, request, clock.epochMillis(now));
    write(control);
    if (first) {
      listener.sessionUp(now);
    }
  }

  private void disconnect(FrameInput in) {
    String text;
    try {
      text = in.string();
    } catch (MalformedFrameException e) {
      text = "no readable reason";
    }
    over(now, Refusal.disconnected(text));
  }

  /**
   * The link broke: tells {@code sessionDown} unless that was told or {@link #close} was called.
   */
  public void onLinkClosed(long now, String cause) {
    over(
        now,
        phase == SessionPhase.DATE_ASKED ? Refusal.closedBeforeDate(cause) : Refusal.closed(cause));
  }

  /** Time has come to {@link #nextDeadline()}; harmless when too early. */
  public void onTimer(long now) {
    lookups.expire(now);
    Refusal tooLate = phase.tooLate();
    if (tooLate != null && now - phaseDeadline >= 0) {
      over(now, tooLate);
    }
  }

  /** When {@link #onTimer} is wanted next, or {@link #NEVER}. */
  public long nextDeadline() {
    return Math.min(phaseDeadline, lookups.nextDeadline());
  }

  /** Whether messages can be sent. */
  public boolean isUp() {
    return phase == SessionPhase.UP;
  }

  /** The version the router announced, or an empty string before that. */
  public String routerVersion() {
    return routerVersion;
  }

  /** The router's wall clock at {@code now}; 0 before the router told it. */
  public long epochMillis(long now) {
    return clock.epochMillis(now);
  }

  /** Lookups without an answer yet. */
  public int outstandingLookups() {
    return lookups.outstanding();
  }

  /** Frames that meant nothing: unknown types, other sessions, broken payloads, late replies. */
  public long ignoredFrames() {
    return ignoredFrames;
  }

  /**
   * Sends a message in a stored or, where it pays and {@code compress} allows, deflated gzip frame.
   *
   * @param nonce 0 for no status, else 1 to 2^32−1
   * @param lifetimeNanos after this long routers may drop it; brought into 8 to 90 seconds
   * @param bundleLeaseSet whether our lease set may be bundled
   * @return false when the session is not up
   * @throws IllegalArgumentException above {@link #MAX_PAYLOAD} bytes
   */
  public boolean send(
      long now,
      Destination to,
      int protocol,
      int fromPort,
      int toPort,
      byte[] payload,
      int offset,
      int length,
      boolean compress,
      long nonce,
      long lifetimeNanos,
      boolean bundleLeaseSet) {
    if (length > MAX_PAYLOAD) {
      throw new IllegalArgumentException(
          "a payload of " + length + " bytes; routers take at most " + MAX_PAYLOAD);
    }
    if (phase != SessionPhase.UP) {
      return false;
    }
    message.address(sessionId, to);
    boolean deflate = compression.deflates(compress);
    message.payload(protocol, fromPort, toPort, payload, offset, length, deflate);
    write(message.finish(nonce, clock.epochMillis(now), lifetimeNanos, bundleLeaseSet));
    return true;
  }

  /**
   * Sends changed tunnel options; the answer comes to {@code reconfigured}.
   *
   * @return false when the session is not up
   * @throws IllegalArgumentException when the options do not fit I2CP
   */
  public boolean reconfigure(long now, SessionConfig config) {
    SessionRequest change = new SessionRequest(SessionOptions.withRequired(config), keys);
    if (phase != SessionPhase.UP) {
      return false;
    }
    change.writeChange(control, sessionId, clock.epochMillis(now));
    write(control);
    return true;
  }

  /** Asks the router for a host name or b32 name; the answer comes to {@code lookedUp}. */
  public void lookup(long now, long lookupId, String name, long timeoutNanos) {
    if (phase.canLookUp()) {
      lookups.ask(now, sessionId, lookupId, LookupName.of(name), timeoutNanos);
    } else {
      listener.lookedUp(now, lookupId, null);
    }
  }

  /** Asks the router for the destination with this hash. */
  public void lookup(long now, long lookupId, Hash hash, long timeoutNanos) {
    if (phase.canLookUp()) {
      lookups.ask(now, sessionId, lookupId, hash, timeoutNanos);
    } else {
      listener.lookedUp(now, lookupId, null);
    }
  }

  /**
   * Ends the session politely: DestroySession. The owner then closes the link; {@code sessionDown}
   * is not told, because the owner wanted it.
   */
  public void close(long now) {
    if (phase == SessionPhase.OVER) {
      return;
    }
    boolean granted = phase.granted();
    end(now);
    if (granted) {
      write(control.begin(MessageType.DESTROY_SESSION).u16(sessionId).finish());
    }
    lookups.endAll(now);
  }

  private void enter(long now, SessionPhase next) {
    phase = next;
    phaseDeadline = next.deadline(now);
  }

  private void over(long now, Refusal refusal) {
    if (phase == SessionPhase.OVER) {
      return;
    }
    end(now);
    lookups.endAll(now);
    listener.sessionDown(now, refusal.reason(), refusal.retryable());
  }

  private void end(long now) {
    enter(now, SessionPhase.OVER);
    gzip.end();
  }

  private void write(FrameOutput frame) {
    output.write(frame.array(), 0, frame.length());
  }
}
