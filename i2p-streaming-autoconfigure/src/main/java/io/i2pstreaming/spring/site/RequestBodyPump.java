package io.i2pstreaming.spring.site;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Brings a request's body to the application while another thread waits for the answer. When the
 * body cannot be had, ends the connection to the application, which else would wait for the rest.
 */
final class RequestBodyPump implements Runnable {
  private final RequestHead head;
  private final StrictInput peer;
  private final OriginConnection origin;
  private final HeaderRules rules;
  private final CountDownLatch read = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean begun;
  private volatile boolean wholeRead;
  private volatile boolean whole;
  private volatile @Nullable IOException failure;

  RequestBodyPump(RequestHead head, StrictInput peer, OriginConnection origin, HeaderRules rules) {
    this.head = head;
    this.peer = peer;
    this.origin = origin;
    this.rules = rules;
  }

  @Override
  public void run() {
    try {
      pump();
      whole = true;
    } catch (IOException e) {
      failure = e;
      if (!(e instanceof OriginGoneException)) {
        origin.close();
      }
    } finally {
      read.countDown();
      ended.countDown();
    }
  }

  private void pump() throws IOException {
    BodyLength length = head.body();
    BodyOutput out = new BodyOutput(new OriginOutput(origin.out()));
    out.copy(
        length.open(peer),
        length,
        peer,
        length.isChunked(),
        rules::ofRequest,
        () -> {
          wholeRead = true;
          read.countDown();
        });
  }

  /** Whether anything of it has gone to the application: its sender waits for no invitation. */
  boolean hasBegun() {
    return begun;
  }

  /**
   * Whether the peer has sent the whole body; waits for it so long. An application that has seen
   * the end of the body, and only then answers, finds it so without a wait.
   */
  boolean isRead(Duration wait) throws InterruptedIOException {
    return await(read, wait) && wholeRead;
  }

  /** Whether the body has gone its way, to the last byte; waits for it so long. */
  boolean isWhole(Duration wait) throws InterruptedIOException {
    return await(ended, wait) && whole;
  }

  private static boolean await(CountDownLatch latch, Duration wait) throws InterruptedIOException {
    try {
      return latch.await(wait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the gateway is being stopped");
    }
  }

  /** Whether nothing more of it will go to the application. */
  boolean hasEnded() {
    return ended.getCount() == 0;
  }

  /** What the peer did wrong, or null. */
  @Nullable IOException failureOfPeer() {
    IOException e = failure;
    return e instanceof OriginGoneException ? null : e;
  }

  /** The application has ended its connection; it may have answered before. */
  private static final class OriginGoneException extends IOException {
    private static final long serialVersionUID = 1L;

    OriginGoneException(IOException cause) {
      super(cause);
    }
  }

  /** Tells failures of the application from those of the peer. */
  private final class OriginOutput extends OutputStream {
    private final OutputStream out;

    OriginOutput(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      begun = true;
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        throw new OriginGoneException(e);
      }
    }

    @Override
    public void flush() throws IOException {
      try {
        out.flush();
      } catch (IOException e) {
        throw new OriginGoneException(e);
      }
    }
  }
}
