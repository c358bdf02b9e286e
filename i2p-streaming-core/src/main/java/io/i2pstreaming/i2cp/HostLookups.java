package io.i2pstreaming.i2cp;

import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.Hash;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lookups that the router has not answered yet, by request id, each with a time limit of its
 * own: i2pd ignores the one in the request, and some routers never answer. At most {@link
 * #MAX_OUTSTANDING}; what does not fit is answered "not found" at once.
 *
 * <p>I2CP specification, "HostLookupMessage" and "HostReplyMessage".
 */
final class HostLookups {
  static final int MAX_OUTSTANDING = 256;

  private static final int BY_HASH = 0;
  private static final int BY_NAME = 1;
  private static final int FOUND = 0;
  private static final int REQUEST_ID_MASK = 0x7fff_ffff;
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** An hour: nobody waits longer, and sums of times cannot overflow. */
  private static final long MAX_TIMEOUT_NANOS = 3_600_000 * NANOS_PER_MILLI;

  private record Lookup(long lookupId, @Nullable Hash hash, long deadline) {}

  private final Map<Integer, Lookup> outstanding = new LinkedHashMap<>();
  private final ByteOutput output;
  private final I2cpListener listener;
  private final FrameOutput out = new FrameOutput();
  private int lastRequestId;

  HostLookups(ByteOutput output, I2cpListener listener) {
    this.output = output;
    this.listener = listener;
  }

  int outstanding() {
    return outstanding.size();
  }

  /** Asks for what a name stands for. */
  void ask(long now, int sessionId, long lookupId, LookupName name, long timeoutNanos) {
    Hash hash = name.hash();
    if (name.refusal() != null) {
      listener.lookedUp(now, lookupId, null);
    } else if (hash != null) {
      ask(now, sessionId, lookupId, hash, timeoutNanos);
    } else if (begin(now, sessionId, lookupId, null, timeoutNanos)) {
      finish(out.u8(BY_NAME).string(name.name()));
    }
  }

  /** Asks for the destination with a hash. */
  void ask(long now, int sessionId, long lookupId, Hash hash, long timeoutNanos) {
    if (begin(now, sessionId, lookupId, hash, timeoutNanos)) {
      finish(out.u8(BY_HASH).bytes(hash.bytes()));
    }
  }

  private boolean begin(
      long now, int sessionId, long lookupId, @Nullable Hash hash, long timeoutNanos) {
    if (outstanding.size() >= MAX_OUTSTANDING) {
      listener.lookedUp(now, lookupId, null);
      return false;
    }
    do {
      lastRequestId = (lastRequestId + 1) & REQUEST_ID_MASK;
    } while (outstanding.containsKey(lastRequestId));
    long nanos = Math.max(NANOS_PER_MILLI, Math.min(timeoutNanos, MAX_TIMEOUT_NANOS));
    outstanding.put(lastRequestId, new Lookup(lookupId, hash, now + nanos));
    long timeoutMillis = nanos / NANOS_PER_MILLI;
    out.begin(MessageType.HOST_LOOKUP).u16(sessionId).u32(lastRequestId).u32(timeoutMillis);
    return true;
  }

  private void finish(FrameOutput frame) {
    frame.finish();
    output.write(frame.array(), 0, frame.length());
  }

  /** Takes a HostReply's body; returns whether it answered something. */
  boolean reply(long now, FrameInput in) throws MalformedFrameException {
    in.u16();
    long requestId = in.u32();
    int result = in.u8();
    Lookup lookup = requestId > REQUEST_ID_MASK ? null : outstanding.remove((int) requestId);
    if (lookup == null) {
      return false;
    }
    Destination found = result == FOUND ? destination(in) : null;
    Hash hash = lookup.hash();
    // A router that answers with another destination than asked for is not believed.
    boolean right = found != null && (hash == null || hash.equals(found.hash()));
    listener.lookedUp(now, lookup.lookupId(), right ? found : null);
    return right || result != FOUND;
  }

  private static @Nullable Destination destination(FrameInput in) {
    try {
      return Destination.parse(in.array(), in.offset(), in.remaining());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Answers what has waited too long. */
  void expire(long now) {
    List<Integer> late = new ArrayList<>();
    outstanding.forEach(
        (requestId, lookup) -> {
          if (now - lookup.deadline() >= 0) {
            late.add(requestId);
          }
        });
    for (Integer requestId : late) {
      Lookup lookup = outstanding.remove(requestId);
      if (lookup != null) {
        listener.lookedUp(now, lookup.lookupId(), null);
      }
    }
  }

  /** Answers everything: the session is over. */
  void endAll(long now) {
    while (!outstanding.isEmpty()) {
      Integer requestId = outstanding.keySet().iterator().next();
      Lookup lookup = outstanding.remove(requestId);
      if (lookup != null) {
        listener.lookedUp(now, lookup.lookupId(), null);
      }
    }
  }

  /** The next time limit, or {@link I2cpClient#NEVER}. */
  long nextDeadline() {
    long next = I2cpClient.NEVER;
    for (Lookup lookup : outstanding.values()) {
      next = Math.min(next, lookup.deadline());
    }
    return next;
  }
}
