package io.i2pstreaming.facade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.i2pstreaming.loop.StreamSignals;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A17 the pipes between applications and a stream")
@Timeout(300)
class PipeTest {
  private static final StreamFailure GONE = () -> new EOFException("gone");
  private static final StreamFailure CLOSED = () -> new EOFException("closed");

  private final AtomicInteger signals = new AtomicInteger();
  private final StreamSignals counting =
      new StreamSignals() {
        @Override
        public void written() {
          signals.incrementAndGet();
        }

        @Override
        public void read() {
          signals.incrementAndGet();
        }
      };
  private final SendPipe send = new SendPipe(8, counting);
  private final ReceivePipe receive = new ReceivePipe(64, 8, counting);

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String copied(SendPipe pipe, long from, long to) {
    byte[] copy = new byte[(int) (to - from)];
    pipe.copy(from, copy, 0, copy.length);
    return new String(copy, StandardCharsets.US_ASCII);
  }

  @Test
  void whatIsWrittenStaysUntilItIsReleased() throws Exception {
    send.write(bytes("abcdef"), 1, 4);

    assertThat(send.writtenThrough()).isEqualTo(4);
    assertThat(copied(send, 0, 4)).isEqualTo("bcde");
    assertThat(copied(send, 2, 4)).isEqualTo("de");
    send.release(3);
    assertThat(copied(send, 3, 4)).isEqualTo("e");
    assertThat(signals).hasValue(1);
  }

  @Test
  void flushAndFinishAreToldApart() throws Exception {
    send.write(bytes("abc"), 0, 3);
    assertThat(send.flushedThrough()).isZero();
    send.flush();
    assertThat(send.flushedThrough()).isEqualTo(3);
    send.write(bytes("d"), 0, 1);
    assertThat(send.flushedThrough()).isEqualTo(3);
    assertThat(send.finished()).isFalse();
    send.finish(CLOSED);
    assertThat(send.flushedThrough()).isEqualTo(4);
    assertThat(send.finished()).isTrue();
    assertThatThrownBy(() -> send.write(bytes("e"), 0, 1)).hasMessage("closed");
    assertThatThrownBy(send::flush).hasMessage("closed");
  }

  @Test
  void aWriteLargerThanThePipeWaitsForRoom() throws Exception {
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              try {
                send.write(bytes("0123456789abcdefghij"), 0, 20);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    StringBuilder seen = new StringBuilder();
    while (seen.length() < 20) {
      long written = send.writtenThrough();
      assertThat(written - seen.length()).isLessThanOrEqualTo(8);
      seen.append(copied(send, seen.length(), written));
      send.release(written);
    }
    writer.get(2, TimeUnit.MINUTES);
    assertThat(seen).hasToString("0123456789abcdefghij");
  }

  @Test
  void aWriteTimesOutAndSaysHowMuchItTook() {
    send.timeoutNanos(1_000_000);

    assertThatThrownBy(() -> send.write(bytes("0123456789"), 0, 10))
        .isInstanceOfSatisfying(
            SocketTimeoutException.class, e -> assertThat(e.bytesTransferred).isEqualTo(8));
    assertThat(send.writtenThrough()).isEqualTo(8);
  }

  @Test
  void aFailureWakesAWriterAndEveryCallerGetsAnExceptionOfItsOwn() throws Exception {
    send.write(bytes("01234567"), 0, 8);
    CompletableFuture<Throwable> writer = caught(() -> send.write(bytes("8"), 0, 1));
    CompletableFuture<Throwable> waiter = caught(() -> send.awaitReleased(Long.MAX_VALUE));
    send.fail(GONE);

    assertThat(writer.get(2, TimeUnit.MINUTES)).hasMessage("gone");
    assertThat(waiter.get(2, TimeUnit.MINUTES)).hasMessage("gone");
    assertThat(writer.get()).isNotSameAs(waiter.get());
  }

  @Test
  void acknowledgementsAreAwaitedForWhatWasWritten() throws Exception {
    assertThat(send.awaitReleased(1)).isTrue();
    send.write(bytes("abc"), 0, 3);
    assertThat(send.awaitReleased(1)).isFalse();
    send.release(2);
    assertThat(send.awaitReleased(1)).isFalse();
    send.release(3);
    send.fail(GONE);
    assertThat(send.awaitReleased(1)).isTrue();
  }

  @Test
  void whatIsDeliveredIsReadInOrderAndThenTheEnd() throws Exception {
    receive.deliver(bytes("abc"), 0, 3);
    receive.deliver(bytes("xde"), 1, 2);
    receive.endOfStream();
    byte[] target = new byte[4];

    assertThat(receive.available()).isEqualTo(5);
    assertThat(receive.read(target, 0, 4)).isEqualTo(4);
    assertThat(target).isEqualTo(bytes("abcd"));
    assertThat(receive.read(target, 1, 3)).isEqualTo(1);
    assertThat(target).isEqualTo(bytes("aecd"));
    assertThat(receive.read(target, 0, 4)).isEqualTo(-1);
    assertThat(receive.read(target, 0, 0)).isZero();
  }

  @Test
  void aReadTimesOutAndLosesNothing() throws Exception {
    receive.timeoutNanos(1_000_000);
    byte[] target = new byte[4];

    assertThatThrownBy(() -> receive.read(target, 0, 4)).isInstanceOf(SocketTimeoutException.class);
    receive.deliver(bytes("ab"), 0, 2);
    assertThat(receive.read(target, 0, 4)).isEqualTo(2);
  }

  @Test
  void millisecondTimeoutsWhileBytesTrickleInLoseNothing() throws Exception {
    byte[] sent = new byte[100_000];
    new Random(1).nextBytes(sent);
    ReceivePipe pipe = new ReceivePipe(sent.length, 1024, counting);
    pipe.timeoutNanos(1_000_000);
    CompletableFuture<Void> loop =
        CompletableFuture.runAsync(
            () -> {
              Random cuts = new Random(2);
              for (int at = 0; at < sent.length; ) {
                int count = Math.min(1 + cuts.nextInt(200), sent.length - at);
                pipe.deliver(sent, at, count);
                at += count;
                LockSupport.parkNanos(cuts.nextInt(2) * 1_500_000L / 50);
              }
              pipe.endOfStream();
            });
    byte[] got = new byte[sent.length + 1];
    int at = 0;
    while (true) {
      try {
        int count = pipe.read(got, at, Math.min(77, got.length - at));
        if (count < 0) {
          break;
        }
        at += count;
      } catch (SocketTimeoutException e) {
        // As a program that polls does.
      }
    }
    loop.get(2, TimeUnit.MINUTES);
    assertThat(java.util.Arrays.copyOf(got, at)).isEqualTo(sent);
  }

  @Test
  void bytesComeBeforeTheFailureThatFollowedThem() throws Exception {
    receive.deliver(bytes("ab"), 0, 2);
    receive.fail(GONE);
    byte[] target = new byte[4];

    assertThat(receive.read(target, 0, 4)).isEqualTo(2);
    assertThatThrownBy(() -> receive.read(target, 0, 4)).hasMessage("gone");
  }

  @Test
  void theEndThatThePeerSentOutlivesALaterFailure() throws Exception {
    receive.endOfStream();
    receive.fail(GONE);

    assertThat(receive.read(new byte[1], 0, 1)).isEqualTo(-1);
  }

  @Test
  void closingWakesAReaderAndAbandonsWhatArrives() throws Exception {
    CompletableFuture<Throwable> reader = caught(() -> receive.read(new byte[1], 0, 1));
    receive.close(CLOSED);

    assertThat(reader.get(2, TimeUnit.MINUTES)).hasMessage("closed");
    assertThat(receive.abandoned()).isTrue();
    receive.deliver(bytes("ab"), 0, 2);
    assertThat(receive.unread()).isZero();
  }

  @Test
  void shuttingDownEndsReadingAndSwallowsWhatArrives() throws Exception {
    receive.deliver(bytes("ab"), 0, 2);
    receive.shutdown();
    receive.deliver(bytes("cd"), 0, 2);

    assertThat(receive.read(new byte[1], 0, 1)).isEqualTo(-1);
    assertThat(receive.unread()).isZero();
    assertThat(receive.abandoned()).isFalse();
  }

  @Test
  void theLoopHearsOfReadsOnlyWhereThePeerMayHaveBeenStopped() throws Exception {
    byte[] target = new byte[8];
    receive.deliver(bytes("abc"), 0, 3);
    receive.read(target, 0, 3);
    assertThat(signals).hasValue(0);
    receive.deliver(bytes("01234567"), 0, 8);
    receive.read(target, 0, 2);
    receive.read(target, 0, 6);
    assertThat(signals).hasValue(2);
    receive.deliver(bytes("abc"), 0, 3);
    receive.read(target, 0, 3);
    assertThat(signals).hasValue(2);
  }

  @Test
  void anInterruptEndsAWaitAndStaysSet() throws Exception {
    CompletableFuture<Boolean> stillSet = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              try {
                receive.read(new byte[1], 0, 1);
                stillSet.completeExceptionally(new AssertionError("read without a byte"));
              } catch (InterruptedIOException e) {
                stillSet.complete(Thread.currentThread().isInterrupted());
              } catch (IOException e) {
                stillSet.completeExceptionally(e);
              }
            });
    reader.start();
    reader.interrupt();

    assertThat(stillSet.get(2, TimeUnit.MINUTES)).isTrue();
    receive.deliver(bytes("a"), 0, 1);
    assertThat(receive.read(new byte[1], 0, 1)).isEqualTo(1);
  }

  private interface Action {
    void run() throws IOException;
  }

  private static CompletableFuture<Throwable> caught(Action action) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            action.run();
            return new AssertionError("it returned");
          } catch (IOException e) {
            return e;
          }
        });
  }
}
