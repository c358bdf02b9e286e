package io.i2pstreaming.autoconfigure;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the end of the application waits for.
 *
 * @param gracePeriod How long a stopping application waits for the streams in hand, and then for
 *     what was written to closed ones; should be shorter than
 *     spring.lifecycle.timeout-per-shutdown-phase.
 */
@ConfigurationProperties("i2p.shutdown")
public record I2PShutdownProperties(@DefaultValue("20s") Duration gracePeriod) {}
