package io.i2pstreaming.spring.site;

import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.identity.Hash;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One caller's stream: request after request, until either side has had enough. */
final class SiteStream implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(SiteStream.class);

  /** Where it stands; only an idle one can be ended for the sake of others. */
  private enum State {
    IDLE,
    BUSY,
    TUNNEL,
    ENDED
  }

  /** What streams of a site share. */
  record Site(
      SiteSettings settings,
      HeaderRules rules,
      String secret,
      CallerLimits limits,
      SiteStats stats,
      Executor executor,
      Farewell farewell,
      BooleanSupplier ending) {}

  private final I2PSocket socket;
  private final Origin origin;
  private final Site site;
  private final Hash caller;
  private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
  private volatile long idleSinceNanos = System.nanoTime();

  SiteStream(I2PSocket socket, Origin origin, Site site) {
    this.socket = socket;
    this.origin = origin;
    this.site = site;
    this.caller = socket.remoteDestination().hash();
  }

  Hash caller() {
    return caller;
  }

  /** Whether a request is under way that a stopping site waits for. */
  boolean isBusy() {
    return state.get() == State.BUSY;
  }

  boolean isIdle() {
    return state.get() == State.IDLE;
  }

  long idleSinceNanos() {
    return idleSinceNanos;
  }

  /** Ends it if no request is under way. */
  boolean endIfIdle() {
    if (!state.compareAndSet(State.IDLE, State.ENDED)) {
      return false;
    }
    close();
    return true;
  }

  void reset() {
    socket.reset();
  }

  @Override
  public void run() {
    Exchange exchange = null;
    try {
      socket.setWriteTimeout(site.settings().bodyTimeout());
      StrictInput in = StrictInput.ofPeer(socket, site.settings().maxHeadBytes());
      exchange =
          new Exchange(
              socket,
              in,
              origin,
              site.settings(),
              site.rules(),
              site.secret(),
              site.executor(),
              site.ending());
      if (serve(in, exchange)) {
        site.farewell().end(socket);
      } else {
        close();
      }
    } catch (IOException e) {
      failed(e, exchange);
    } finally {
      if (exchange != null) {
        exchange.close();
      }
    }
  }

  /** True behind an answer, false if the caller has nothing to read any more. */
  private boolean serve(StrictInput in, Exchange exchange) throws IOException {
    boolean first = true;
    while (awaitRequest(in, first)) {
      first = false;
      in.within(site.settings().headerTimeout());
      RequestHead head = RequestHead.read(in);
      if (!site.limits().request(caller, System.nanoTime())) {
        throw new RefusedRequestException(Refusal.REQUEST_RATE, "too many requests");
      }
      site.stats().request();
      Exchange.After after = exchange.relay(head);
      if (after == Exchange.After.TUNNEL) {
        site.stats().upgrade();
        state.set(State.TUNNEL);
        exchange.tunnel();
      }
      if (after != Exchange.After.NEXT_REQUEST) {
        return true;
      }
      idleSinceNanos = System.nanoTime();
      state.set(State.IDLE);
      if (site.ending().getAsBoolean()) {
        return true;
      }
    }
    return false;
  }

  /** False when the caller sends no further request; that is no failure. */
  private boolean awaitRequest(StrictInput in, boolean first) throws IOException {
    in.within(first ? site.settings().headerTimeout() : site.settings().idleTimeout());
    try {
      return in.await() && state.compareAndSet(State.IDLE, State.BUSY);
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  private void failed(IOException e, @Nullable Exchange exchange) {
    if (state.get() == State.ENDED) {
      return;
    }
    log.debug("A stream of the site ended early", e);
    Refusal refusal = refusal(e);
    if (refusal == null || (exchange != null && exchange.isAnswering())) {
      site.stats().aborted();
      socket.reset();
      return;
    }
    site.stats().refused(refusal);
    site.farewell().refuse(socket, refusal);
  }

  /** What to answer; null if the stream itself has failed. */
  private static @Nullable Refusal refusal(IOException e) {
    if (e instanceof RefusedRequestException refused) {
      return refused.refusal();
    }
    if (e instanceof SocketTimeoutException) {
      return Refusal.TIMEOUT;
    }
    if (e instanceof MessageConstraintException) {
      return Refusal.HEAD_TOO_LARGE;
    }
    // Of HttpCore's reading of chunks and lengths; a stream's own failures have other types.
    return e instanceof MalformedChunkCodingException || e instanceof ConnectionClosedException
        ? Refusal.MALFORMED
        : null;
  }

  private void close() {
    try {
      socket.close();
    } catch (IOException e) {
      socket.reset();
    }
  }
}
