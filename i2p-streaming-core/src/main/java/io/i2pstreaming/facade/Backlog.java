package io.i2pstreaming.facade;

import io.i2pstreaming.connection.Connection;
import io.i2pstreaming.connection.ConnectionConfig;
import io.i2pstreaming.connection.StreamPorts;
import io.i2pstreaming.endpoint.AdmissionRules;
import io.i2pstreaming.endpoint.StreamAcceptor;
import io.i2pstreaming.identity.Destination;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The streams of one listening port that nobody has accepted yet. The loop puts them in when their
 * SYN arrives, so that the handshake, and the first bytes, do not wait for the application; when it
 * is full further ones are refused. Application threads take them out.
 */
public final class Backlog implements StreamAcceptor {
  /** Streams that may wait. */
  public static final int CAPACITY = 64;

  private final StreamEnd.Factory factory;
  private final Supplier<ConnectionConfig> config;
  private final StandingRules rules;
  private final ReentrantLock lock = new ReentrantLock();

  /** Signalled when a stream arrives and when this is closed. */
  private final Condition arrived = lock.newCondition();

  /** Guarded by {@code lock}, as is the next field. */
  private final Deque<StreamEnd> waiting = new ArrayDeque<>();

  private @Nullable StreamFailure closed;

  /** The stream between {@link #accept} and {@link #accepted}. Owned by the loop thread. */
  private @Nullable StreamEnd arriving;

  /** An empty one with rules of its own. */
  public Backlog(
      StreamEnd.Factory factory, Supplier<ConnectionConfig> config, StandingRules rules) {
    this.factory = factory;
    this.config = config;
    this.rules = rules;
  }

  @Override
  public AdmissionRules rules() {
    return rules.now();
  }

  @Override
  public @Nullable StreamPorts accept(Destination peer, int localPort, int remotePort) {
    lock.lock();
    try {
      if (closed != null || waiting.size() >= CAPACITY) {
        return null;
      }
    } finally {
      lock.unlock();
    }
    StreamEnd end = factory.incoming(config.get(), peer, localPort, remotePort);
    arriving = end;
    return end.ports();
  }

  @Override
  public void accepted(StreamPorts ports, Connection connection) {
    StreamEnd end = arriving;
    arriving = null;
    if (end == null) {
      return;
    }
    end.attach(connection);
    lock.lock();
    try {
      if (closed == null) {
        waiting.add(end);
        arrived.signal();
        return;
      }
    } finally {
      lock.unlock();
    }
    end.reset();
  }

  /**
   * Waits for a stream, {@code nanos} at most or, if that is 0, without limit.
   *
   * @throws SocketTimeoutException when none came in time
   */
  public StreamEnd take(long nanos) throws IOException {
    lock.lock();
    try {
      PipeWait wait = new PipeWait(nanos);
      while (true) {
        if (closed != null) {
          throw closed.exception();
        }
        StreamEnd end = waiting.poll();
        if (end != null) {
          return end;
        }
        if (!wait.await(arrived)) {
          throw new SocketTimeoutException("no stream to accept within the timeout");
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Accepts no more: present and later takers get {@code failure}, waiting streams a RESET. */
  public void close(StreamFailure failure) {
    Deque<StreamEnd> left;
    lock.lock();
    try {
      if (closed == null) {
        closed = failure;
      }
      left = new ArrayDeque<>(waiting);
      waiting.clear();
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
    left.forEach(StreamEnd::reset);
  }
}
