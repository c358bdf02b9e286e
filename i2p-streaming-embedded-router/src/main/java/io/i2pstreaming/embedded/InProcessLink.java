package io.i2pstreaming.embedded;

import io.i2pstreaming.link.RouterLink;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's link into the router of the same process: the bytes that TCP would carry, handed over
 * by reference to copies. Writing never waits. What the router has not read yet is bounded: beyond
 * the limit whole messages are dropped, as an overloaded router drops them; beyond twice the limit
 * the link breaks. The receiver is called by the router's thread.
 */
final class InProcessLink implements RouterLink, ClientOutput {
  static final long UNREAD_LIMIT_BYTES = 16L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(InProcessLink.class);

  private final EmbeddedRouter router;
  private final FrameCursor cursor = new FrameCursor();
  private final AtomicLong unread = new AtomicLong();
  private volatile @Nullable RouterThread thread;
  private volatile boolean closed;
  private volatile boolean closedHere;

  /** Only the router's thread touches these two. */
  private @Nullable ClientConnection connection;

  private @Nullable Receiver receiver;

  InProcessLink(EmbeddedRouter router) {
    this.router = router;
  }

  @Override
  public void open(Receiver receiver) throws IOException {
    if (thread != null || closedHere) {
      throw new IOException("a router link can be opened only once");
    }
    RouterThread running = router.running();
    thread = running;
    if (running == null || !running.submit((machine, now) -> connect(machine, receiver))) {
      thread = null;
      throw new IOException("the embedded router is not running; call its start() first");
    }
  }

  private void connect(RouterMachine machine, Receiver receiver) {
    this.receiver = receiver;
    connection = machine.connect(this);
    if (connection == null) {
      close("the embedded router has too many connections");
    } else if (closedHere) {
      connection.close("closed by the client");
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    RouterThread running = thread;
    if (running == null || closed || closedHere) {
      throw new IOException("the link to the embedded router is closed");
    }
    long waiting = unread.get() + length;
    if (waiting > UNREAD_LIMIT_BYTES && cursor.isOneMessage(bytes, offset, length)) {
      router.countDropped();
      return;
    }
    if (waiting > 2 * UNREAD_LIMIT_BYTES) {
      close();
      throw new IOException("the embedded router cannot keep up: " + waiting + " bytes unread");
    }
    cursor.pass(bytes, offset, length);
    unread.addAndGet(length);
    byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
    if (!running.submit((machine, now) -> read(now, copy))) {
      throw new IOException("the embedded router was stopped");
    }
  }

  private void read(long now, byte[] bytes) {
    unread.addAndGet(-bytes.length);
    ClientConnection open = connection;
    if (open != null) {
      open.onBytes(now, bytes, 0, bytes.length);
    }
  }

  @Override
  public void close() {
    closedHere = true;
    RouterThread running = thread;
    if (running != null) {
      running.submit(
          (machine, now) -> {
            ClientConnection open = connection;
            if (open != null) {
              open.close("closed by the client");
            }
          });
    }
  }

  @Override
  public boolean write(byte[] bytes, int offset, int length, boolean payload) {
    Receiver target = receiver;
    if (target != null && !closedHere) {
      try {
        target.received(bytes, offset, length);
      } catch (RuntimeException e) {
        LOG.error("A client of the embedded router failed to take a message; its link closes", e);
        close();
        return false;
      }
    }
    return true;
  }

  @Override
  public void close(String cause) {
    closed = true;
    Receiver target = receiver;
    receiver = null;
    if (target != null) {
      target.closed(closedHere ? null : new IOException(cause));
    }
  }
}
