package io.i2pstreaming.autoconfigure.http;

import io.i2pstreaming.spring.http.I2PClientHttpRequestFactory;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How HTTP clients reach I2P.
 *
 * @param enabled Whether Spring Boot's HTTP clients reach I2P. If not, they look up names of I2P in
 *     the DNS.
 * @param manager Bean name or name of the stream manager to dial by. The only or primary one when
 *     absent.
 * @param userAgent User-Agent of requests to I2P that have none. Empty sends none.
 * @param propagateTraces Whether sites get the headers of distributed tracing.
 * @param connectTimeout Longest time for opening a stream to a site. The connect timeout of Spring
 *     Boot's HTTP clients when absent, or else that of the stream manager.
 * @param maxStreamsPerSite Open streams to one site, at most.
 * @param maxStreams Open streams to all sites, at most.
 */
@ConfigurationProperties("i2p.http-client")
public record I2PHttpClientProperties(
    @DefaultValue("true") boolean enabled,
    @Nullable String manager,
    @DefaultValue(I2PClientHttpRequestFactory.COMMON_USER_AGENT) String userAgent,
    @DefaultValue("false") boolean propagateTraces,
    @Nullable Duration connectTimeout,
    @DefaultValue("20") int maxStreamsPerSite,
    @DefaultValue("100") int maxStreams) {}
