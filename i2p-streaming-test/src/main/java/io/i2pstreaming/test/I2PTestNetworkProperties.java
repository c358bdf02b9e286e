package io.i2pstreaming.test;

import io.i2pstreaming.autoconfigure.Probability;
import io.i2pstreaming.embedded.NetworkConditions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The network of tests, as each of their methods finds it. Usually written as attributes of {@link
 * I2PStreamingTest}.
 *
 * @param latency Delay of each message, one way; a round trip takes twice this.
 * @param jitter Largest deviation from the latency.
 * @param loss Probability that a message vanishes, as 0.05 or 5%.
 * @param duplicate Probability that a message arrives twice, as 0.01 or 1%.
 * @param reorder Probability that later messages overtake a message, as 0.01 or 1%.
 * @param bandwidth Bytes per second between two destinations; unlimited when absent.
 * @param seed Seed of all random decisions of the network.
 */
@ConfigurationProperties("i2p.test.network")
record I2PTestNetworkProperties(
    @DefaultValue("0ms") Duration latency,
    @DefaultValue("0ms") Duration jitter,
    @DefaultValue("0") Probability loss,
    @DefaultValue("0") Probability duplicate,
    @DefaultValue("0") Probability reorder,
    @Nullable DataSize bandwidth,
    @DefaultValue("0") long seed) {
  NetworkConditions conditions() {
    NetworkConditions conditions =
        NetworkConditions.perfect()
            .withLatency(latency, jitter)
            .withLoss(loss.value(), 0)
            .withFaults(duplicate.value(), reorder.value(), 0);
    return bandwidth == null
        ? conditions
        : conditions.withBandwidth(bandwidth.toBytes(), conditions.queueBytes());
  }
}
