package io.i2pstreaming.embedded;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One I2CP client on TCP. Its reader hands bytes to the router's thread and waits when too many are
 * unread there, which TCP passes on to the client. Its writer takes frames from a bounded queue:
 * beyond the limit payloads are dropped, as Java I2P drops them for a client that reads too slowly;
 * beyond twice the limit the connection is cut.
 */
final class TcpClient implements ClientOutput {
  static final long UNSENT_LIMIT_BYTES = 4L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(TcpClient.class);
  private static final long UNREAD_LIMIT_BYTES = 1 << 20;
  private static final int GREETING_WITHIN_MILLIS = 5_000;
  private static final int READ_BYTES = 1 << 16;
  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long END_WITHIN_MILLIS = 3_000;

  private final Socket socket;
  private final RouterThread router;
  private final Consumer<TcpClient> ended;
  private final Thread reader = new Thread(this::read, "i2p-embedded-reader");
  private final Thread writer = new Thread(this::write, "i2p-embedded-writer");
  private final Object lock = new Object();

  // Guarded by the lock.
  private final ArrayDeque<byte[]> unsent = new ArrayDeque<>();
  private long unsentBytes;
  private long unreadBytes;
  private boolean finished;
  private boolean readerEnded;

  /** Only the router's thread touches it. */
  private @Nullable ClientConnection connection;

  TcpClient(Socket socket, RouterThread router, Consumer<TcpClient> ended) {
    this.socket = socket;
    this.router = router;
    this.ended = ended;
    reader.setDaemon(true);
    writer.setDaemon(true);
  }

  void start() {
    reader.start();
    writer.start();
  }

  /** Waits a bounded time until both threads are gone, then cuts the connection. */
  void awaitEnd() {
    try {
      writer.join(END_WITHIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    cut();
  }

  @Override
  public boolean write(byte[] bytes, int offset, int length, boolean payload) {
    synchronized (lock) {
      if (finished) {
        return false;
      }
      if (payload && unsentBytes + length > UNSENT_LIMIT_BYTES) {
        return false;
      }
      if (unsentBytes + length > 2 * UNSENT_LIMIT_BYTES) {
        cut();
        return false;
      }
      unsent.add(Arrays.copyOfRange(bytes, offset, offset + length));
      unsentBytes += length;
      lock.notifyAll();
    }
    return true;
  }

  @Override
  public void close(String cause) {
    synchronized (lock) {
      finished = true;
      lock.notifyAll();
    }
  }

  private void read() {
    try {
      if (!router.submit((machine, now) -> connect(machine))) {
        throw new IOException("the router was stopped");
      }
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      socket.setSoTimeout(GREETING_WITHIN_MILLIS);
      InputStream input = socket.getInputStream();
      byte[] buffer = new byte[READ_BYTES];
      int count = input.read(buffer);
      socket.setSoTimeout(0);
      while (count >= 0) {
        hand(Arrays.copyOf(buffer, count));
        count = input.read(buffer);
      }
    } catch (IOException e) {
      LOG.debug("An I2CP connection broke", e);
    } catch (InterruptedException e) {
      LOG.debug("The reader of an I2CP connection was interrupted", e);
    } finally {
      synchronized (lock) {
        readerEnded = true;
        lock.notifyAll();
      }
      if (!router.submit((machine, now) -> leave())) {
        close("the router was stopped");
      }
    }
  }

  private void connect(RouterMachine machine) {
    connection = machine.connect(this);
    if (connection == null) {
      close("too many connections");
    }
  }

  private void leave() {
    if (connection != null) {
      connection.close("the client closed its connection");
    }
  }

  /**
   * Gives bytes to the router; waits while too many are unread. What follows the end is dropped.
   */
  private void hand(byte[] bytes) throws InterruptedException {
    synchronized (lock) {
      while (unreadBytes > UNREAD_LIMIT_BYTES && !finished) {
        lock.wait();
      }
      if (finished) {
        return;
      }
      unreadBytes += bytes.length;
    }
    if (!router.submit((machine, now) -> take(now, bytes))) {
      close("the router was stopped");
    }
  }

  private void take(long now, byte[] bytes) {
    synchronized (lock) {
      unreadBytes -= bytes.length;
      lock.notifyAll();
    }
    if (connection != null) {
      connection.onBytes(now, bytes, 0, bytes.length);
    }
  }

  private void write() {
    try {
      OutputStream output = new BufferedOutputStream(socket.getOutputStream(), READ_BYTES);
      byte[] frame = nextFrame(output);
      while (frame != null) {
        output.write(frame);
        frame = nextFrame(output);
      }
      // Closing a socket with unread bytes resets it, and the client would miss why: let it go
      // first.
      socket.shutdownOutput();
      awaitReader();
    } catch (IOException e) {
      LOG.debug("An I2CP connection broke", e);
    } catch (InterruptedException e) {
      LOG.debug("The writer of an I2CP connection was interrupted", e);
    } finally {
      cut();
      ended.accept(this);
    }
  }

  /** The next frame to write, flushing when there is none yet; null after the last one. */
  private byte @Nullable [] nextFrame(OutputStream output)
      throws IOException, InterruptedException {
    byte[] frame = pollFrame(false);
    if (frame == null) {
      output.flush();
      frame = pollFrame(true);
    }
    return frame;
  }

  private byte @Nullable [] pollFrame(boolean wait) throws InterruptedException {
    synchronized (lock) {
      while (wait && unsent.isEmpty() && !finished) {
        lock.wait();
      }
      byte[] frame = unsent.poll();
      if (frame != null) {
        unsentBytes -= frame.length;
      }
      return frame;
    }
  }

  private void awaitReader() throws InterruptedException {
    long deadline = System.nanoTime() + LINGER_NANOS;
    synchronized (lock) {
      long left = LINGER_NANOS;
      while (!readerEnded && left > 0) {
        TimeUnit.NANOSECONDS.timedWait(lock, left);
        left = deadline - System.nanoTime();
      }
    }
  }

  /** Ends the connection at once; both threads notice. */
  private void cut() {
    close("cut");
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("An I2CP socket did not close cleanly", e);
    }
  }
}
