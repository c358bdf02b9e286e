package io.i2pstreaming.embedded;

import io.i2pstreaming.i2cp.DeliveryStatus;
import io.i2pstreaming.i2cp.FrameInput;
import io.i2pstreaming.i2cp.FrameOutput;
import io.i2pstreaming.i2cp.FrameSplitter;
import io.i2pstreaming.i2cp.MalformedFrameException;
import io.i2pstreaming.i2cp.MessageType;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.Hash;
import io.i2pstreaming.identity.I2PEncoding;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One client's I2CP connection, the router's side: cuts its bytes into frames, answers them, and
 * holds its session. A frame that breaks a rule ends the connection with a Disconnect that says
 * which. Called only by {@link RouterMachine}, with the time.
 *
 * <p>Speaks I2CP 0.9.64: fast receive only (ReceiveMessageBegin and -End are ignored), one session
 * per connection, no authentication, no encrypted lease sets, no blinding.
 */
final class ClientConnection {
  /** The I2CP version this router announces, and behaves by. */
  static final String VERSION = "0.9.64";

  private static final int PROTOCOL_BYTE = 0x2a;
  private static final int RECEIVE_MESSAGE_BEGIN = 6;
  private static final int RECEIVE_MESSAGE_END = 7;
  private static final int NO_SESSION = 0xffff;
  private static final int SESSION_CREATED = 1;
  private static final int SESSION_UPDATED = 2;
  private static final int SESSION_INVALID = 3;
  private static final int SESSION_REFUSED = 4;
  private static final int MAX_REASON = 255;
  private static final int LOOKUP_HASH = 0;
  private static final int LOOKUP_NAME = 1;
  private static final int HASH_CHARACTERS = 52;
  private static final String BASE32_SUFFIX = ".b32.i2p";

  /** Gateway hash and tunnel id. */
  private static final int TUNNEL_LENGTH = 36;

  private static final long DAY_MILLIS = 86_400_000;
  private static final long UNLIMITED_KILOBYTES = 1 << 20;

  private final RouterMachine router;
  private final ClientOutput output;
  private final FrameSplitter splitter = new FrameSplitter();
  private final FrameSplitter.FrameHandler handler = this::frame;
  private final FrameOutput frame = new FrameOutput();
  private boolean greeted;
  private boolean closed;
  private long now;
  private @Nullable RouterSession session;

  ClientConnection(RouterMachine router, ClientOutput output) {
    this.router = router;
    this.output = output;
  }

  /** The session, if one is open. */
  @Nullable RouterSession session() {
    return session;
  }

  /** Whether nothing is read from this client, or written to it, any more. */
  boolean closed() {
    return closed;
  }

  /** Bytes of the client, cut anywhere. */
  void onBytes(long now, byte[] bytes, int offset, int length) {
    this.now = now;
    int skip = 0;
    if (!greeted && length > 0) {
      greeted = true;
      skip = 1;
      if (bytes[offset] != PROTOCOL_BYTE) {
        disconnect("The first byte must be 0x2a, I2CP's protocol byte");
      }
    }
    if (closed || length == skip) {
      return;
    }
    try {
      splitter.feed(bytes, offset + skip, length - skip, handler);
    } catch (MalformedFrameException e) {
      disconnect("Malformed message: " + e.getMessage());
    }
  }

  /** Tells the client why, and ends the connection and its session. */
  void disconnect(String reason) {
    if (closed) {
      return;
    }
    String shown = reason;
    while (shown.getBytes(StandardCharsets.UTF_8).length > MAX_REASON) {
      shown = shown.substring(0, shown.length() - 1);
    }
    write(frame.begin(MessageType.DISCONNECT).string(shown));
    router.refused(reason);
    close(reason);
  }

  /** Ends the connection and its session without a word. */
  void close(String cause) {
    if (!closed) {
      closed = true;
      router.left(this);
      session = null;
      output.close(cause);
    }
  }

  /** Asks for leases with new tunnels. */
  void requestLeases(long now, RouterSession session) {
    int count = session.leaseCount();
    long end = router.epochMillis(now) + RouterSession.TUNNEL_LIFE_MILLIS;
    frame.begin(MessageType.REQUEST_VARIABLE_LEASE_SET).u16(session.id).u8(count);
    for (int i = 0; i < count; i++) {
      // reserve() first: it may replace the array.
      int tunnel = frame.reserve(TUNNEL_LENGTH);
      router.fillRandom(frame.array(), tunnel, TUNNEL_LENGTH);
      frame.i64(end);
    }
    session.leasesRequested(now);
    write(frame);
  }

  /** A message for the session arrived; false when a slow client makes the router drop it. */
  boolean payload(RouterSession session, long messageId, byte[] bytes) {
    frame
        .begin(MessageType.MESSAGE_PAYLOAD)
        .u16(session.id)
        .u32(messageId)
        .u32(bytes.length)
        .bytes(bytes)
        .finish();
    return output.write(frame.array(), 0, frame.length(), true);
  }

  /** What became of a message; without a nonce nobody asked. */
  void status(int sessionId, long nonce, DeliveryStatus status) {
    if (nonce != 0) {
      // The message's id is its nonce: clients match statuses by nonce alone.
      write(
          frame
              .begin(MessageType.MESSAGE_STATUS)
              .u16(sessionId)
              .u32(nonce)
              .u8(status.code())
              .u32(0)
              .u32(nonce));
    }
  }

  private void write(FrameOutput built) {
    built.finish();
    output.write(built.array(), 0, built.length(), false);
  }

  private void frame(int type, byte[] bytes, int offset, int length)
      throws MalformedFrameException {
    if (closed) {
      return;
    }
    FrameInput input = new FrameInput(bytes, offset, length);
    try {
      dispatch(type, input);
    } catch (RefusedException e) {
      disconnect(e.reason());
    }
    if (!closed && input.remaining() > 0) {
      throw new MalformedFrameException(
          input.remaining() + " surplus bytes behind a message of type " + type);
    }
  }

  private void dispatch(int type, FrameInput input)
      throws MalformedFrameException, RefusedException {
    switch (type) {
      case MessageType.SEND_MESSAGE -> sendMessage(input, false);
      case MessageType.SEND_MESSAGE_EXPIRES -> sendMessage(input, true);
      case MessageType.GET_DATE -> getDate(input);
      case MessageType.CREATE_SESSION -> createSession(input);
      case MessageType.RECONFIGURE_SESSION -> reconfigureSession(input);
      case MessageType.DESTROY_SESSION -> destroySession(input);
      case MessageType.CREATE_LEASE_SET, MessageType.CREATE_LEASE_SET2 ->
          createLeaseSet(type, input);
      case MessageType.GET_BANDWIDTH_LIMITS -> bandwidthLimits();
      case MessageType.HOST_LOOKUP -> hostLookup(input);
      case MessageType.DEST_LOOKUP -> destLookup(input);
      case MessageType.DISCONNECT -> close("the client disconnected");
      case MessageType.SET_DATE,
          MessageType.BLINDING_INFO,
          RECEIVE_MESSAGE_BEGIN,
          RECEIVE_MESSAGE_END ->
          input.skip(input.remaining());
      default -> throw new MalformedFrameException("unknown message type " + type);
    }
  }

  private void getDate(FrameInput input) throws MalformedFrameException {
    input.string();
    if (input.remaining() > 0) {
      input.mapping();
    }
    write(frame.begin(MessageType.SET_DATE).i64(router.epochMillis(now)).string(VERSION));
  }

  private void createSession(FrameInput input) throws MalformedFrameException, RefusedException {
    SessionRequest request = SessionRequest.read(input);
    if (session != null) {
      sessionStatus(NO_SESSION, SESSION_REFUSED);
      return;
    }
    request.check(router.epochMillis(now));
    RouterSession created = router.admit(request, this);
    session = created;
    sessionStatus(created.id, SESSION_CREATED);
    requestLeases(now, created);
    router.leaseTimersChanged();
  }

  private void reconfigureSession(FrameInput input)
      throws MalformedFrameException, RefusedException {
    RouterSession own = own(input.u16(), "ReconfigureSession");
    SessionRequest request = SessionRequest.read(input);
    if (!request.destination().equals(own.destination)) {
      sessionStatus(own.id, SESSION_INVALID);
      close("ReconfigureSession names another destination");
      return;
    }
    own.reconfigure(request.options());
    sessionStatus(own.id, SESSION_UPDATED);
  }

  private void destroySession(FrameInput input) throws MalformedFrameException {
    int id = input.u16();
    if (session == null || session.id == id) {
      close("the client ended its session");
    }
  }

  private void createLeaseSet(int type, FrameInput input)
      throws MalformedFrameException, RefusedException {
    RouterSession own = own(input.u16(), "CreateLeaseSet");
    long epochMillis = router.epochMillis(now);
    long end =
        type == MessageType.CREATE_LEASE_SET
            ? LeaseSetGrant.readLegacy(input, own.destination, epochMillis)
            : LeaseSetGrant.readLeaseSet2(input, own.destination, epochMillis);
    own.leasesGranted(now, end);
    router.leaseTimersChanged();
  }

  private void sendMessage(FrameInput input, boolean expires) throws MalformedFrameException {
    int sessionId = input.u16();
    RouterSession sender = session;
    Destination to = target(sender, input);
    long length = input.u32();
    int payload = input.skip((int) Math.min(length, Integer.MAX_VALUE));
    long nonce = input.u32();
    long expiration = 0;
    if (expires) {
      input.skip(2);
      expiration = (long) input.u16() << 32 | input.u32();
    }
    if (sender == null || sender.id != sessionId) {
      status(sessionId, nonce, DeliveryStatus.BAD_SESSION);
      return;
    }
    long epochMillis = router.epochMillis(now);
    // Below a day it is an interval by mistake, which Java routers also tolerate.
    if (expiration > DAY_MILLIS && expiration < epochMillis) {
      status(sessionId, nonce, DeliveryStatus.EXPIRED);
      return;
    }
    router.route(now, sender, to, input.array(), payload, (int) length, nonce);
  }

  /** Reads the destination of a message; usually the same as the last one. */
  private static Destination target(@Nullable RouterSession sender, FrameInput input)
      throws MalformedFrameException {
    Destination last = sender == null ? null : sender.lastTarget;
    if (last != null
        && last.length() <= input.remaining()
        && last.matches(input.array(), input.offset(), last.length())) {
      input.skip(last.length());
      return last;
    }
    Destination target = SessionRequest.readDestination(input);
    if (sender != null) {
      sender.lastTarget = target;
    }
    return target;
  }

  private void hostLookup(FrameInput input) throws MalformedFrameException {
    int sessionId = input.u16();
    long requestId = input.u32();
    input.skip(4);
    int kind = input.u8();
    Hash hash =
        switch (kind) {
          case LOOKUP_HASH -> Hash.wrap(input.array(), input.skip(Hash.LENGTH));
          case LOOKUP_NAME -> hashOf(input.string());
          default -> throw new MalformedFrameException("unknown lookup type " + kind);
        };
    Destination found = hash == null ? null : router.lookup(now, hash);
    frame.begin(MessageType.HOST_REPLY).u16(sessionId).u32(requestId).u8(found == null ? 1 : 0);
    if (found != null) {
      frame.bytes(found.bytes());
    }
    write(frame);
  }

  /** The hash in a b32 name; null for any other name: this router has no address book. */
  private static @Nullable Hash hashOf(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.length() != HASH_CHARACTERS + BASE32_SUFFIX.length()
        || !lower.endsWith(BASE32_SUFFIX)) {
      return null;
    }
    try {
      return Hash.wrap(I2PEncoding.fromBase32(lower.substring(0, HASH_CHARACTERS)), 0);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private void destLookup(FrameInput input) throws MalformedFrameException {
    Hash hash = Hash.wrap(input.array(), input.skip(Hash.LENGTH));
    Destination found = router.lookup(now, hash);
    write(frame.begin(MessageType.DEST_REPLY).bytes(found == null ? hash.bytes() : found.bytes()));
  }

  private void bandwidthLimits() {
    long bytesPerSecond = router.conditions().bytesPerSecond();
    long kilobytes = bytesPerSecond == 0 ? UNLIMITED_KILOBYTES : Math.max(1, bytesPerSecond / 1024);
    frame.begin(MessageType.BANDWIDTH_LIMITS);
    // Client in and out; router in, in burst, out, out burst; burst seconds; nine unused.
    for (int i = 0; i < 6; i++) {
      frame.u32(Math.min(kilobytes, Integer.MAX_VALUE));
    }
    frame.u32(1);
    for (int i = 0; i < 9; i++) {
      frame.u32(0);
    }
    write(frame);
  }

  private RouterSession own(int sessionId, String what) throws RefusedException {
    RouterSession own = session;
    if (own == null || own.id != sessionId) {
      throw new RefusedException(what + " invalid session: " + sessionId);
    }
    return own;
  }

  private void sessionStatus(int sessionId, int status) {
    write(frame.begin(MessageType.SESSION_STATUS).u16(sessionId).u8(status));
  }
}
