package io.i2pstreaming.autoconfigure.site;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The application as an I2P site.
 *
 * @param publish Whether to serve the application's own web server at its I2P address.
 * @param manager Bean name or name of the stream manager whose destination is the site's address;
 *     needed if there are several.
 * @param port I2P port of the site; streams to port 0, for diallers that name none, are served as
 *     well unless something else listens there.
 * @param host What the application sees as the Host header, instead of what the caller sent.
 * @param logAddress Whether to log the site's address at the start.
 * @param maxConnections Streams that the site serves at once.
 * @param maxConnectionsPerDestination Streams that the site serves at once for one destination.
 * @param maxRequestsPerMinute Requests that one destination may send in a minute; 0 is no limit.
 * @param headerTimeout How long the head of a request may take, and the first byte of a stream.
 * @param idleTimeout How long a stream may stay open without a request.
 * @param bodyTimeout How long the site waits for a caller who sends or takes a body too slowly.
 * @param responseTimeout How long the application may be silent while a caller waits for it.
 */
@ConfigurationProperties("i2p.http")
public record I2PHttpProperties(
    @DefaultValue("false") boolean publish,
    @Nullable String manager,
    @DefaultValue("80") int port,
    @Nullable String host,
    @DefaultValue("false") boolean logAddress,
    @DefaultValue("100") int maxConnections,
    @DefaultValue("50") int maxConnectionsPerDestination,
    @DefaultValue("0") int maxRequestsPerMinute,
    @DefaultValue("30s") Duration headerTimeout,
    @DefaultValue("60s") Duration idleTimeout,
    @DefaultValue("60s") Duration bodyTimeout,
    @DefaultValue("5m") Duration responseTimeout) {}
