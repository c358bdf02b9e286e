package io.i2pstreaming.embedded;

import java.time.Duration;

/**
 * What happens to a message between two destinations; applies once per message, each way on its
 * own. Probabilities are 0 to 1.
 *
 * @param latency one way, so a round trip takes twice this
 * @param jitter added to the latency of each message, uniform from −jitter to +jitter, never below
 *     0 in all; by itself it does not change the order of messages unless {@code reorder} says so
 * @param loss probability that a message vanishes
 * @param burstLoss probability that a message starts a burst in which several in a row vanish
 * @param duplicate probability that a message arrives twice
 * @param reorder probability that a message is held back so that later ones overtake it
 * @param corrupt probability that one bit of a message flips
 * @param bytesPerSecond bandwidth of the link; 0 is unlimited
 * @param queueBytes what may wait for the bandwidth before messages are dropped
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

  /** A network without faults and delay. */
  public static NetworkConditions perfect() {
    return new NetworkConditions(Duration.ZERO, Duration.ZERO, 0, 0, 0, 0, 0, 0, 1 << 20);
  }
}
