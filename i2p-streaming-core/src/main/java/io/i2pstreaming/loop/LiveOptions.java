package io.i2pstreaming.loop;

import io.i2pstreaming.i2cp.I2cpClient;
import io.i2pstreaming.i2cp.SessionConfig;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a session asks of its router, as it is to be: changed while the session runs, and kept for
 * the next one. One change at a time, since a router's answer does not say to which it belongs.
 * Loop thread only.
 */
final class LiveOptions {
  /** How long a router may take to answer. */
  static final long ANSWER_NANOS = 30_000_000_000L;

  private SessionConfig wanted;

  /** What was wanted before the change that is under way. */
  private SessionConfig before;

  private @Nullable Reconfiguration waiting;
  private long deadline = I2cpClient.NEVER;

  LiveOptions(SessionConfig config) {
    this.wanted = config;
    this.before = config;
  }

  /** For the next session. */
  SessionConfig wanted() {
    return wanted;
  }

  /** Changes options; sent at once if there is a session, else the next one is opened with them. */
  void change(
      long now, Map<String, String> changes, Reconfiguration whoever, @Nullable I2cpClient client) {
    if (waiting != null) {
      whoever.done("another change of the session's options is not finished yet");
      return;
    }
    Map<String, String> options = new TreeMap<>(wanted.options());
    options.putAll(changes);
    before = wanted;
    wanted = new SessionConfig(options, wanted.legacyLeaseSet());
    waiting = whoever;
    send(now, client);
  }

  private void send(long now, @Nullable I2cpClient client) {
    try {
      if (client != null && client.reconfigure(now, wanted)) {
        deadline = now + ANSWER_NANOS;
      }
    } catch (IllegalArgumentException e) {
      wanted = before;
      end(String.valueOf(e.getMessage()));
    }
  }

  /** A session is up that was opened with {@code used}. */
  void up(long now, I2cpClient client, SessionConfig used) {
    if (waiting == null) {
      return;
    }
    if (used.equals(wanted)) {
      end(null);
    } else {
      send(now, client);
    }
  }

  /** The session is gone; the next one is opened with what is wanted. */
  void down() {
    deadline = I2cpClient.NEVER;
  }

  /** The router's answer. */
  void answered(boolean taken) {
    if (waiting == null || deadline == I2cpClient.NEVER) {
      return;
    }
    if (!taken) {
      wanted = before;
    }
    end(taken ? null : "the router refused the options");
  }

  void onTimer(long now) {
    if (deadline != I2cpClient.NEVER && deadline - now <= 0) {
      // Perhaps it took them: the next session tries again.
      end("the router did not answer within 30 seconds");
    }
  }

  long nextDeadline() {
    return deadline;
  }

  /** There will be no session any more. */
  void fail(String reason) {
    end(reason);
  }

  private void end(@Nullable String failure) {
    deadline = I2cpClient.NEVER;
    Reconfiguration whoever = waiting;
    waiting = null;
    if (whoever != null) {
      whoever.done(failure);
    }
  }
}
