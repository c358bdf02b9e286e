package io.i2pstreaming.loop;

import io.i2pstreaming.connection.CloseReason;
import io.i2pstreaming.connection.Connection;
import io.i2pstreaming.connection.ConnectionStats;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * How application threads reach one connection: by leaving signals for the loop, coalesced, so that
 * a write costs no allocation and a thousand writes cost one wake-up. Thread-safe, except what says
 * otherwise.
 */
public final class StreamHandle implements StreamSignals {
  private static final int WRITTEN = 1;
  private static final int READ = 2;
  private static final int ABORT = 4;
  private static final int INACTIVITY = 8;

  private static final AtomicIntegerFieldUpdater<StreamHandle> PENDING =
      AtomicIntegerFieldUpdater.newUpdater(StreamHandle.class, "pending");

  private final SessionLoop loop;

  /** The signals that the loop has not seen. Changed by {@link #PENDING} only. */
  private volatile int pending;

  /** The next one in the mailbox's list. Owned by the mailbox. */
  @Nullable StreamHandle next;

  /** Owned by the loop thread, like the next field. */
  private @Nullable Connection connection;

  private boolean aborted;

  private volatile @Nullable ConnectionStats last;

  /** What the application wants, or −1 for what its options say. */
  private volatile long inactivityNanos = -1;

  StreamHandle(SessionLoop loop) {
    this.loop = loop;
  }

  @Override
  public void written() {
    signal(WRITTEN);
  }

  @Override
  public void read() {
    signal(READ);
  }

  /** Ends the stream at once, before or after it is connected. */
  public void abort() {
    signal(ABORT);
  }

  /** From now on, or from the handshake on, so much silence is allowed; 0 is any. */
  public void inactivityTimeout(long nanos) {
    inactivityNanos = nanos;
    signal(INACTIVITY);
  }

  private void signal(int bit) {
    int before = pending;
    while ((before & bit) == 0) {
      if (PENDING.compareAndSet(this, before, before | bit)) {
        if (before == 0) {
          loop.signal(this);
        }
        return;
      }
      before = pending;
    }
  }

  /**
   * The connection's figures, waiting for the loop some seconds at most, else the last ones known;
   * null before there is a connection.
   */
  public @Nullable ConnectionStats stats() {
    ConnectionStats fresh = loop.ask(now -> look(), SessionLoop.ASK_NANOS);
    return fresh == null ? last : fresh;
  }

  /** Kept here, by the loop: a thread that got its answer late would put old ones over the last. */
  private @Nullable ConnectionStats look() {
    if (connection == null || connection.isOver()) {
      return null;
    }
    remember();
    return last;
  }

  /** Keeps the figures for those who ask after the end. Loop thread. */
  public void remember() {
    if (connection != null) {
      last = connection.stats();
    }
  }

  /** The connection exists now. Loop thread. */
  public void attach(Connection made) {
    connection = made;
    if (inactivityNanos >= 0) {
      signal(INACTIVITY);
    }
  }

  /** The connection, or null before there is one. Loop thread. */
  @Nullable Connection connection() {
    return connection;
  }

  /** Whether the application gave up. Loop thread. */
  boolean aborted() {
    return aborted;
  }

  /** Passes the signals on. Loop thread. */
  void deliver(long now, Junction junction) {
    int signals = PENDING.getAndSet(this, 0);
    aborted |= (signals & ABORT) != 0;
    Connection target = connection;
    if (target == null || target.isFinished()) {
      return;
    }
    if ((signals & WRITTEN) != 0) {
      junction.endpoint().onWritten(now, target);
    }
    if ((signals & READ) != 0) {
      junction.endpoint().onRead(now, target);
    }
    if ((signals & INACTIVITY) != 0) {
      junction.endpoint().inactivityTimeout(now, target, inactivityNanos);
    }
    if (aborted) {
      junction.endpoint().abort(now, target, CloseReason.RESET_LOCALLY);
    }
  }
}
