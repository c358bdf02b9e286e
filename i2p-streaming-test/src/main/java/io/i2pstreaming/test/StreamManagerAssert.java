package io.i2pstreaming.test;

import io.i2pstreaming.ManagerStats;
import io.i2pstreaming.SessionState;
import io.i2pstreaming.StreamManager;
import org.assertj.core.api.AbstractAssert;

/** Assertions about a destination and its session, at the moment of the call. */
public final class StreamManagerAssert extends AbstractAssert<StreamManagerAssert, StreamManager> {
  StreamManagerAssert(StreamManager actual) {
    super(actual, StreamManagerAssert.class);
  }

  /** The session is open. */
  public StreamManagerAssert isUp() {
    isNotNull();
    SessionState state = actual.state();
    if (state.phase() != SessionState.Phase.UP) {
      failWithMessage(
          "Expected the session <%s> to be up, but it is %s: %s",
          actual.name(), state.phase(), state.detail());
    }
    return this;
  }

  /** Packets had to be sent again, on whatever stream. */
  public StreamManagerAssert hasRetransmitted() {
    isNotNull();
    if (retransmissions() == 0) {
      failWithMessage("Expected <%s> to have sent packets again, but it has not", actual.name());
    }
    return this;
  }

  /** No packet had to be sent again. */
  public StreamManagerAssert hasNotRetransmitted() {
    isNotNull();
    long count = retransmissions();
    if (count != 0) {
      failWithMessage("Expected <%s> to have sent no packet again, but %s", actual.name(), count);
    }
    return this;
  }

  /** So many streams are open, whoever dialled them. */
  public StreamManagerAssert hasOpenStreams(int expected) {
    isNotNull();
    ManagerStats stats = actual.stats();
    int open = stats.activeIncoming() + stats.activeOutgoing();
    if (open != expected) {
      failWithMessage(
          "Expected <%s> to have %s open streams, but it has %s: %s incoming, %s outgoing",
          actual.name(), expected, open, stats.activeIncoming(), stats.activeOutgoing());
    }
    return this;
  }

  /** So many incoming streams were refused since the start. */
  public StreamManagerAssert hasRefused(long expected) {
    isNotNull();
    ManagerStats stats = actual.stats();
    if (stats.refused() != expected) {
      failWithMessage(
          "Expected <%s> to have refused %s streams, but it refused %s: %s",
          actual.name(), expected, stats.refused(), stats.rejections());
    }
    return this;
  }

  private long retransmissions() {
    ManagerStats stats = actual.stats();
    return stats.timeoutRetransmissions() + stats.fastRetransmissions();
  }
}
