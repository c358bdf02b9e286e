package io.i2pstreaming.verification.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.i2pstreaming.connection.CloseReason;
import io.i2pstreaming.connection.CongestionAlgorithm;
import io.i2pstreaming.connection.ConnectionConfig;
import io.i2pstreaming.connection.DeliveryOutcome;
import io.i2pstreaming.connection.InactivityAction;
import java.util.List;

/**
 * A list of operations on two applications and the network between them: four bytes choose the
 * configuration, then two bytes and more are one operation each. In the end the network heals, and
 * both streams must come to their end.
 */
final class StreamFuzz {
  private static final int MAX_OPERATIONS = 400;
  private static final long MAX_WRITTEN = 150_000;
  private static final long MILLI = StreamPair.MILLI;
  private static final long HOUR = 3600 * StreamPair.SECOND;

  private static final int FORGING = 8;

  @FuzzTest
  void operations(byte[] input) {
    Cursor in = new Cursor(input);
    int options = in.next();
    StreamPair pair = new StreamPair(config(options, in));
    boolean forging = (options & FORGING) != 0;
    for (int i = 0; i < MAX_OPERATIONS && in.hasMore(); i++) {
      operate(pair, in, forging);
    }
    end(pair);
  }

  private static ConnectionConfig config(int options, Cursor in) {
    return new ConnectionConfig(
        1 + (options >> 5),
        1 + in.next() / 2,
        512 + 5 * in.next(),
        3500 * MILLI,
        (options & 16) == 0 ? 100 * MILLI : 0,
        1,
        60 * StreamPair.SECOND,
        (options & 4) == 0 ? 0 : 200 * MILLI,
        8,
        90 * StreamPair.SECOND,
        (options & 2) == 0 ? InactivityAction.SEND : InactivityAction.DISCONNECT,
        4096 + 256 * in.next(),
        (options & 1) == 0 ? CongestionAlgorithm.DELAY : CongestionAlgorithm.AIMD);
  }

  private static void operate(StreamPair pair, Cursor in, boolean forging) {
    int code = in.next();
    int argument = in.next();
    StreamSide side = (code & 16) == 0 ? pair.client : pair.server;
    switch (code & 15) {
      case 0 -> write(pair, side, argument, false);
      case 1 -> write(pair, side, 256L * argument, true);
      case 2 -> write(pair, side, argument, true);
      case 3 -> read(pair, side, 64L * argument);
      case 4 -> read(pair, side, side.unread());
      case 6 -> deliver(pair, 1 + (argument & 63));
      case 7 -> onOne(pair, () -> pair.drop(argument % pair.onTheWay()));
      case 8 -> onOne(pair, () -> pair.duplicate(argument % pair.onTheWay()));
      case 9 -> {
        int at = in.next();
        int change = in.next();
        if (forging) {
          onOne(pair, () -> pair.corrupt(argument % pair.onTheWay(), at, change));
        }
      }
      case 10 -> pair.advance(MILLI << argument % 17);
      case 11 -> pair.advance(Math.max(0, Math.min(HOUR, pair.deadline() - pair.now)));
      case 12 -> finish(pair, side);
      case 13 -> {
        side.abandoned = true;
        pair.read(side);
      }
      case 14 -> {
        byte[] bytes = in.bytes(argument);
        if (forging) {
          pair.forge(side, bytes);
        }
      }
      case 15 -> rare(pair, side, argument);
      default -> onOne(pair, () -> pair.deliver(argument % pair.onTheWay()));
    }
  }

  private static void onOne(StreamPair pair, Runnable operation) {
    if (pair.onTheWay() > 0) {
      operation.run();
    }
  }

  private static void write(StreamPair pair, StreamSide side, long bytes, boolean flush) {
    if (side.finished) {
      return;
    }
    side.written = Math.min(MAX_WRITTEN, side.written + bytes);
    if (flush) {
      side.flushed = side.written;
    }
    pair.written(side);
  }

  private static void read(StreamPair pair, StreamSide side, long bytes) {
    side.read(bytes);
    pair.read(side);
  }

  private static void deliver(StreamPair pair, int count) {
    for (int i = 0; i < count && pair.onTheWay() > 0; i++) {
      pair.deliver(0);
    }
  }

  private static void finish(StreamPair pair, StreamSide side) {
    side.finished = true;
    side.flushed = side.written;
    pair.written(side);
  }

  private static void rare(StreamPair pair, StreamSide side, int argument) {
    if (argument == 0xff) {
      pair.abort(side);
    } else if (side.connection != null) {
      DeliveryOutcome[] outcomes = DeliveryOutcome.values();
      side.connection.onDelivery(pair.now, outcomes[argument % outcomes.length]);
      pair.pump(side);
    }
  }

  private static void end(StreamPair pair) {
    for (StreamSide side : List.of(pair.client, pair.server)) {
      finish(pair, side);
    }
    if (!pair.heal(2 * HOUR)) {
      // Who believes a forged acknowledgement may wait for what will never come.
      assertThat(pair.client.forged).as("no end: %s", pair).isTrue();
      pair.abort(pair.client);
      pair.abort(pair.server);
      assertThat(pair.heal(HOUR)).as("no end: %s", pair).isTrue();
    }
    complete(pair, pair.client, pair.server);
    complete(pair, pair.server, pair.client);
  }

  /** What was written and closed cleanly has arrived, unless nobody read there. */
  private static void complete(StreamPair pair, StreamSide from, StreamSide to) {
    assertThat(to.received <= from.written || to.forged).as("a prefix: %s", pair).isTrue();
    if (from.closed == CloseReason.CLEAN && !from.forged && !to.abandoned) {
      assertThat(to.received).as("complete: %s", pair).isEqualTo(from.written);
      assertThat(to.ended || to.closed != CloseReason.CLEAN).as("ended: %s", pair).isTrue();
    }
  }

  /** The input, read once; zeros behind its end. */
  private static final class Cursor {
    private final byte[] bytes;
    private int at;

    Cursor(byte[] bytes) {
      this.bytes = bytes;
    }

    boolean hasMore() {
      return at < bytes.length;
    }

    int next() {
      return at < bytes.length ? bytes[at++] & 0xff : 0;
    }

    byte[] bytes(int count) {
      byte[] part = new byte[Math.min(count, bytes.length - at)];
      System.arraycopy(bytes, at, part, 0, part.length);
      at += part.length;
      return part;
    }
  }
}
