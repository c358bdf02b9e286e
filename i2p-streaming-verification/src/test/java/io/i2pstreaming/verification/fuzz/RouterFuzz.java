package io.i2pstreaming.verification.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.i2pstreaming.embedded.NetworkConditions;
import io.i2pstreaming.embedded.VirtualRouter;
import io.i2pstreaming.i2cp.DeliveryStatus;
import io.i2pstreaming.i2cp.FrameSplitter;
import io.i2pstreaming.i2cp.I2cpClient;
import io.i2pstreaming.i2cp.I2cpListener;
import io.i2pstreaming.i2cp.MalformedFrameException;
import io.i2pstreaming.i2cp.SessionOptions;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.DestinationKeys;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Any bytes from a client of the embedded router, cut anywhere (the first byte says where). Another
 * client's session is served before and after.
 */
final class RouterFuzz {
  static final long EPOCH_MILLIS = 1_767_225_600_000L;

  private static final long MILLI = 1_000_000L;
  private static final DestinationKeys NEIGHBOUR = GoldenKeys.read();

  static {
    // The router tells of every client that it throws out.
    ((Logger) LoggerFactory.getLogger(VirtualRouter.class.getPackageName())).setLevel(Level.WARN);
  }

  @FuzzTest
  void client(byte[] input) {
    VirtualRouter router = router();
    Neighbour neighbour = new Neighbour(router);
    neighbour.echo(0);
    Stranger stranger = new Stranger();
    VirtualRouter.Connection connection = router.connect(stranger);
    assertThat(connection).isNotNull();
    long now = 0;
    int piece = 1 + (input.length == 0 ? 0 : (input[0] & 0xff) * 4);
    for (int at = 1; at < input.length; at += piece) {
      now += MILLI;
      connection.onBytes(now, input, at, Math.min(piece, input.length - at));
      router.onTimer(now);
      neighbour.serve(now);
    }
    neighbour.echo(now);
    connection.close();
    neighbour.echo(now);
    assertThat(stranger.closes).isLessThanOrEqualTo(1);
  }

  static VirtualRouter router() {
    return new VirtualRouter(1, NetworkConditions.perfect(), 0, EPOCH_MILLIS);
  }

  /** Takes what the router says to whoever is fuzzed: whole frames, nothing behind the end. */
  private static final class Stranger implements VirtualRouter.Output {
    private final FrameSplitter splitter = new FrameSplitter();
    private int closes;

    @Override
    public void write(byte[] bytes, int offset, int length) {
      assertThat(closes).isZero();
      int[] frames = {0};
      try {
        splitter.feed(bytes, offset, length, (type, array, at, count) -> frames[0]++);
      } catch (MalformedFrameException e) {
        throw new AssertionError("the router writes a malformed frame", e);
      }
      assertThat(frames[0]).isEqualTo(1);
    }

    @Override
    public void close(String cause) {
      closes++;
    }
  }

  /** An honest client that talks to itself. */
  private static final class Neighbour implements VirtualRouter.Output, I2cpListener {
    private final VirtualRouter router;
    private final VirtualRouter.Connection connection;
    private final I2cpClient client;
    private final Deque<byte[]> fromRouter = new ArrayDeque<>();
    private long now;
    private int payloads;

    Neighbour(VirtualRouter router) {
      this.router = router;
      connection = router.connect(this);
      client =
          new I2cpClient(
              SessionOptions.sessionConfig(Map.of()),
              NEIGHBOUR,
              new SplittableRandom(1),
              (bytes, offset, length) -> connection.onBytes(now, bytes, offset, length),
              this);
      client.onLinkOpen(0);
      serve(0);
    }

    void serve(long at) {
      now = at;
      while (!fromRouter.isEmpty()) {
        byte[] bytes = fromRouter.remove();
        client.onBytes(now, bytes, 0, bytes.length);
      }
    }

    void echo(long at) {
      serve(at);
      assertThat(client.isUp()).isTrue();
      int before = payloads;
      byte[] message = {1, 2, 3};
      assertThat(
              client.send(
                  at, NEIGHBOUR.destination(), 6, 1, 2, message, 0, 3, false, 0, MILLI, false))
          .isTrue();
      router.onTimer(at);
      serve(at);
      assertThat(payloads).isEqualTo(before + 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      fromRouter.add(Arrays.copyOfRange(bytes, offset, offset + length));
    }

    @Override
    public void close(String cause) {
      throw new AssertionError("the neighbour was thrown out: " + cause);
    }

    @Override
    public void sessionUp(long at) {}

    @Override
    public void sessionDown(long at, String reason, boolean retryable) {
      throw new AssertionError("the neighbour's session ended: " + reason);
    }

    @Override
    public void payload(
        long at, int protocol, int fromPort, int toPort, byte[] bytes, int offset, int length) {
      payloads++;
    }

    @Override
    public void delivery(long at, long nonce, DeliveryStatus status) {}

    @Override
    public void lookedUp(long at, long lookupId, @Nullable Destination destination) {}
  }
}
