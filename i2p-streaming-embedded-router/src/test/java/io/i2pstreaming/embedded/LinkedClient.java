package io.i2pstreaming.embedded;

import io.i2pstreaming.i2cp.DeliveryStatus;
import io.i2pstreaming.i2cp.FrameSplitter;
import io.i2pstreaming.i2cp.I2cpClient;
import io.i2pstreaming.i2cp.I2cpListener;
import io.i2pstreaming.i2cp.MalformedFrameException;
import io.i2pstreaming.i2cp.SessionConfig;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.link.RouterLink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An I2CP client over any link, driven by the test's own thread and standing still in time: with
 * the same keys it always says the same. Keeps all frames, both ways.
 */
final class LinkedClient implements RouterLink.Receiver, I2cpListener, AutoCloseable {
  private static final int DEADLINE_SECONDS = 120;
  private static final byte[] CLOSED = {};

  final List<String> sentFrames = new ArrayList<>();
  final List<String> receivedFrames = new ArrayList<>();
  final List<String> events = new ArrayList<>();
  final DestinationKeys keys;
  final I2cpClient i2cp;
  @Nullable Destination found;
  int payloads;
  volatile @Nullable IOException closedBy;

  private final RouterLink link;
  private final LinkedBlockingQueue<byte[]> arrived = new LinkedBlockingQueue<>();
  private final FrameSplitter sentSplitter = new FrameSplitter();
  private final FrameSplitter receivedSplitter = new FrameSplitter();
  private boolean greeted;
  private boolean linkClosed;

  LinkedClient(RouterLink link, DestinationKeys keys) throws IOException {
    this.link = link;
    this.keys = keys;
    SessionConfig config = new SessionConfig(Map.of("inbound.quantity", "2"), false);
    this.i2cp = new I2cpClient(config, keys, new SplittableRandom(5), this::send, this);
    link.open(this);
  }

  /** Opens the session. */
  LinkedClient up() {
    i2cp.onLinkOpen(0);
    await(i2cp::isUp);
    return this;
  }

  /**
   * Opens the session and waits until the router has its lease set, which {@link #up} has only
   * sent: over TCP another client's message could overtake it. Takes one message to itself.
   */
  LinkedClient reachable() {
    up();
    message(keys.destination(), new byte[10], 0);
    await(() -> payloads == 1);
    payloads = 0;
    return this;
  }

  void message(Destination to, byte[] payload, long nonce) {
    if (!i2cp.send(
        0, to, 18, 1, 2, payload, 0, payload.length, false, nonce, 60_000_000_000L, true)) {
      throw new AssertionError("not sent");
    }
  }

  /** Sends raw bytes past the client. */
  void send(byte[] bytes, int offset, int length) {
    try {
      int skip = greeted ? 0 : 1;
      greeted = true;
      note(sentSplitter, sentFrames, bytes, offset + skip, length - skip);
      link.write(bytes, offset, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes what arrives until the condition holds. */
  void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      byte[] bytes;
      try {
        bytes = arrived.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      if (bytes == null) {
        throw new AssertionError("nothing more arrived; events so far: " + events);
      }
      if (bytes.length == 0) {
        linkClosed = true;
      } else {
        note(receivedSplitter, receivedFrames, bytes, 0, bytes.length);
        i2cp.onBytes(0, bytes, 0, bytes.length);
      }
    }
  }

  void awaitLinkClosed() {
    await(() -> linkClosed);
  }

  private static void note(
      FrameSplitter splitter, List<String> frames, byte[] bytes, int offset, int length) {
    try {
      splitter.feed(
          bytes,
          offset,
          length,
          (type, from, at, count) ->
              frames.add(type + ":" + HexFormat.of().formatHex(from, at, at + count)));
    } catch (MalformedFrameException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void received(byte[] bytes, int offset, int length) {
    arrived.add(Arrays.copyOfRange(bytes, offset, offset + length));
  }

  @Override
  public void closed(@Nullable IOException cause) {
    closedBy = cause;
    arrived.add(CLOSED);
  }

  @Override
  public void sessionUp(long now) {
    events.add("up");
  }

  @Override
  public void sessionDown(long now, String reason, boolean retryable) {
    events.add("down: " + reason);
  }

  @Override
  public void payload(
      long now, int protocol, int fromPort, int toPort, byte[] bytes, int offset, int length) {
    payloads++;
  }

  @Override
  public void delivery(long now, long nonce, DeliveryStatus status) {
    events.add(nonce + " " + status);
  }

  @Override
  public void lookedUp(long now, long lookupId, @Nullable Destination destination) {
    found = destination;
    events.add("lookup " + lookupId);
  }

  @Override
  public void close() {
    link.close();
  }
}
