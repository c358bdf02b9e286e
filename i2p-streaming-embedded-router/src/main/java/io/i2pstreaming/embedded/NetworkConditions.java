package io.i2pstreaming.embedded;

import java.time.Duration;

/**
 * What happens to a message between two destinations; applies once per message, each way on its
 * own. Probabilities are 0 to 1. Without jitter and reordering, and while the conditions stay the
 * same, messages arrive in the order in which they were sent.
 *
 * @param latency one way, so a round trip takes twice this; at most an hour
 * @param jitter added to the latency of each message on its own, uniform from −jitter to +jitter,
 *     never below 0 in all; as in a real network, jitter alone makes messages overtake each other;
 *     at most an hour
 * @param loss probability that a message vanishes
 * @param burstLoss probability that a message starts a burst in which several in a row vanish
 * @param duplicate probability that a message arrives twice
 * @param reorder probability that a message is held back, beyond what jitter does, so that later
 *     ones overtake it
 * @param corrupt probability that one bit of a message flips
 * @param bytesPerSecond bandwidth of each directed link; 0 is unlimited
 * @param queueBytes what may wait for the bandwidth before messages are dropped; an idle link takes
 *     one message of any size
 */
public record NetworkConditions(
    Duration latency,
    Duration jitter,
    double loss,
    double burstLoss,
    double duplicate,
    double reorder,
    double corrupt,
    long bytesPerSecond,
    int queueBytes) {
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final NetworkConditions PERFECT =
      new NetworkConditions(Duration.ZERO, Duration.ZERO, 0, 0, 0, 0, 0, 0, 1 << 20);

  /** Refuses values outside the ranges above with an IllegalArgumentException. */
  public NetworkConditions {
    requireDelay("latency", latency);
    requireDelay("jitter", jitter);
    requireProbability("loss", loss);
    requireProbability("burstLoss", burstLoss);
    requireProbability("duplicate", duplicate);
    requireProbability("reorder", reorder);
    requireProbability("corrupt", corrupt);
    if (bytesPerSecond < 0) {
      throw new IllegalArgumentException(
          "bytesPerSecond is " + bytesPerSecond + "; use 0 for no limit, or a positive number");
    }
    if (queueBytes < 1) {
      throw new IllegalArgumentException(
          "queueBytes is " + queueBytes + "; the queue of a link needs at least 1 byte");
    }
  }

  /** A network without faults and delay. */
  public static NetworkConditions perfect() {
    return PERFECT;
  }

  /** These conditions with another latency and jitter. */
  public NetworkConditions withLatency(Duration latency, Duration jitter) {
    return new NetworkConditions(
        latency, jitter, loss, burstLoss, duplicate, reorder, corrupt, bytesPerSecond, queueBytes);
  }

  /** These conditions with another loss, of single messages and of bursts. */
  public NetworkConditions withLoss(double loss, double burstLoss) {
    return new NetworkConditions(
        latency, jitter, loss, burstLoss, duplicate, reorder, corrupt, bytesPerSecond, queueBytes);
  }

  /** These conditions with another share of duplicated, held-back and damaged messages. */
  public NetworkConditions withFaults(double duplicate, double reorder, double corrupt) {
    return new NetworkConditions(
        latency, jitter, loss, burstLoss, duplicate, reorder, corrupt, bytesPerSecond, queueBytes);
  }

  /** These conditions with another bandwidth and queue. */
  public NetworkConditions withBandwidth(long bytesPerSecond, int queueBytes) {
    return new NetworkConditions(
        latency, jitter, loss, burstLoss, duplicate, reorder, corrupt, bytesPerSecond, queueBytes);
  }

  private static void requireDelay(String name, Duration delay) {
    if (delay.isNegative() || delay.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          name + " is " + delay + "; use a duration from 0 to one hour");
    }
  }

  private static void requireProbability(String name, double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          name
              + " is "
              + probability
              + "; use a probability from 0 to 1, for example 0.05 for 5 %");
    }
  }
}
