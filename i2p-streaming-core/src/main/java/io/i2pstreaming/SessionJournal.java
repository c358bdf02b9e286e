package io.i2pstreaming;

import io.i2pstreaming.SessionState.Phase;
import io.i2pstreaming.connection.CloseReason;
import io.i2pstreaming.facade.Latest;
import io.i2pstreaming.facade.StreamEnd;
import io.i2pstreaming.facade.StreamEvents;
import io.i2pstreaming.loop.SessionListener;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a manager's loop says, kept and passed on: where the session stands, which streams are open.
 * Called by the loop; read by anybody. Never lets a listener's exception into the loop.
 */
final class SessionJournal implements SessionListener, StreamEvents {
  private static final Logger log = LoggerFactory.getLogger(StreamManager.class);

  private final String name;
  private final Clock clock;
  private final Latest<SessionState> state;
  private final Set<StreamEnd> open = ConcurrentHashMap.newKeySet();
  private final List<StreamManagerListener> listeners = new CopyOnWriteArrayList<>();

  private final List<DialListener> dialListeners = new CopyOnWriteArrayList<>();

  /** Whether there was a session before. Owned by the loop thread. */
  private boolean wasUp;

  SessionJournal(String name, Clock clock) {
    this.name = name;
    this.clock = clock;
    this.state = new Latest<>(new SessionState(Phase.NEW, clock.instant(), "", "", 0, false));
  }

  void add(StreamManagerListener listener) {
    listeners.add(listener);
  }

  void remove(StreamManagerListener listener) {
    listeners.remove(listener);
  }

  void add(DialListener listener) {
    dialListeners.add(listener);
  }

  /**
   * Tells that this thread begins to dial; the answer is to be told its end, and tells it on once.
   */
  Consumer<@Nullable Throwable> dialBegun() {
    List<Consumer<@Nullable Throwable>> ends = new ArrayList<>();
    for (DialListener listener : dialListeners) {
      guarded(() -> ends.add(listener.dialBegun()));
    }
    AtomicBoolean told = new AtomicBoolean();
    return failure -> {
      if (told.compareAndSet(false, true)) {
        ends.forEach(end -> guarded(() -> end.accept(failure)));
      }
    };
  }

  Latest<SessionState> state() {
    return state;
  }

  /** Waits until the session is up; false after {@code nanos}. Throws when it never can be. */
  boolean awaitUp(long nanos) throws IOException, InterruptedException {
    SessionState end =
        state.await(
            s -> s.phase() == Phase.UP || s.phase() == Phase.FAILED || s.phase() == Phase.CLOSED,
            nanos);
    return switch (end.phase()) {
      case UP -> true;
      case FAILED -> throw Failures.exception(CloseReason.ROUTER_LOST, end.detail());
      case CLOSED -> throw Failures.exception(CloseReason.MANAGER_CLOSED, "");
      default -> false;
    };
  }

  /** The open streams. */
  Set<StreamEnd> open() {
    return open;
  }

  private void change(Phase phase, String detail, @Nullable String routerVersion, int reconnects) {
    SessionState next = set(phase, detail, routerVersion, reconnects, false);
    tell(listener -> listener.sessionChanged(next));
  }

  private SessionState set(
      Phase phase,
      String detail,
      @Nullable String routerVersion,
      int reconnects,
      boolean awaitsTunnels) {
    SessionState before = state.get();
    SessionState next =
        new SessionState(
            phase,
            phase == before.phase() ? before.since() : clock.instant(),
            detail,
            routerVersion == null ? before.routerVersion() : routerVersion,
            before.reconnects() + reconnects,
            awaitsTunnels);
    state.set(next);
    return next;
  }

  @Override
  public void connecting() {
    if (state.get().phase() == Phase.NEW) {
      change(Phase.STARTING, "connecting to the router", null, 0);
    }
  }

  @Override
  public void accepted() {
    String detail = "the router has accepted the session and builds tunnels";
    SessionState next = set(wasUp ? state.get().phase() : Phase.STARTING, detail, null, 0, true);
    // Listeners hear of a loss once; a step on the way back is only to be seen.
    if (!wasUp) {
      tell(listener -> listener.sessionChanged(next));
    }
  }

  @Override
  public void up(String routerVersion) {
    log.info("{}: the session with the router is up", name);
    change(Phase.UP, "", routerVersion, wasUp ? 1 : 0);
    wasUp = true;
  }

  @Override
  public void down(String reason, long retryNanos) {
    log.warn(
        "{}: no session with the router: {}; next attempt in {} ms",
        name,
        reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason,
        retryNanos / 1_000_000);
    change(wasUp ? Phase.DOWN : Phase.STARTING, reason, null, 0);
  }

  @Override
  public void failed(String reason) {
    log.error("{}: no session, and no further attempt: {}", name, reason);
    change(Phase.FAILED, reason, null, 0);
  }

  @Override
  public void closed() {
    open.clear();
    change(Phase.CLOSED, "", null, 0);
  }

  @Override
  public void rttSample(long nanos, long rtoNanos, int windowPackets) {
    tell(
        listener -> {
          listener.rttSample(nanos);
          listener.pathSample(rtoNanos, windowPackets);
        });
  }

  @Override
  public void opened(StreamEnd stream) {
    open.add(stream);
    tell(listener -> listener.streamOpened(stream.incoming()));
  }

  @Override
  public void closed(StreamEnd stream, CloseReason reason, long lifetimeNanos) {
    open.remove(stream);
    boolean cleanly = reason == CloseReason.CLEAN;
    tell(listener -> listener.streamClosed(stream.incoming(), cleanly, lifetimeNanos));
  }

  @Override
  public void connectFailed(StreamEnd stream, CloseReason reason, String detail) {
    StreamingException failure = Failures.exception(reason, detail);
    tell(listener -> listener.connectFailed(failure));
  }

  private void tell(Consumer<StreamManagerListener> news) {
    for (StreamManagerListener listener : listeners) {
      guarded(() -> news.accept(listener));
    }
  }

  private void guarded(Runnable news) {
    try {
      news.run();
    } catch (RuntimeException e) {
      log.error("{}: a listener failed", name, e);
    }
  }
}
