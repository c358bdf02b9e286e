package io.i2pstreaming.autoconfigure;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The properties with names of our own. Those with I2P's names, {@code i2p.streaming.*}, {@code
 * i2p.session.options.*} and the access list, are read by {@link StreamingOptionsReader}, {@link
 * SessionOptionsReader} and {@link AccessListReader}.
 *
 * @param router where the router is
 * @param destination this application's own address
 * @param session the session with the router
 * @param startup what the start of the application waits for
 * @param trace packets of the session, written down
 * @param template streams for a request and its response
 */
@ConfigurationProperties("i2p")
public record I2PProperties(
    @DefaultValue Router router,
    @DefaultValue Destination destination,
    @DefaultValue Session session,
    @DefaultValue Startup startup,
    @DefaultValue Trace trace,
    @DefaultValue Template template) {
  /**
   * One of several stream managers, below {@code i2p.managers.<name>}, with what it inherits.
   *
   * @param router where its router is
   * @param destination its own address
   * @param session its session with the router
   * @param trace packets of its session, written down
   * @param primary Whether this manager is meant where none is named. At most one is.
   */
  public record Manager(
      @DefaultValue Router router,
      @DefaultValue Destination destination,
      @DefaultValue Session session,
      @DefaultValue Trace trace,
      @DefaultValue("false") boolean primary) {}

  /**
   * Where the router is.
   *
   * @param mode Router to use: external or embedded. The embedded one gives no anonymity.
   * @param host Host of an external router's I2CP port.
   * @param port I2CP port of an external router.
   * @param addresses Several external routers as host or host:port, the preferred one first; the
   *     next is tried when one fails. Host and port are not used then.
   * @param username User name for an external router with i2cp.auth=true.
   * @param password Password for an external router with i2cp.auth=true.
   * @param ssl I2CP over TLS
   * @param embedded the router inside this process
   */
  public record Router(
      @DefaultValue("external") String mode,
      @DefaultValue("127.0.0.1") String host,
      @DefaultValue("7654") int port,
      @DefaultValue List<String> addresses,
      @Nullable String username,
      @Nullable String password,
      @DefaultValue Ssl ssl,
      @DefaultValue Embedded embedded) {}

  /**
   * I2CP over TLS.
   *
   * @param bundle Name of the SSL bundle (spring.ssl.bundle) whose trust store has the external
   *     routers' certificates. Without it, TLS is not used.
   */
  public record Ssl(@Nullable String bundle) {}

  /**
   * The router inside this process.
   *
   * @param port Loopback TCP port on which the embedded router also speaks I2CP; 0 takes a free
   *     one. In-process only when absent.
   * @param network the network between its clients
   */
  public record Embedded(@Nullable Integer port, @DefaultValue Network network) {}

  /**
   * The network between the clients of the embedded router.
   *
   * @param latency Delay of each message, one way; a round trip takes twice this.
   * @param jitter Largest deviation from the latency.
   * @param loss Probability that a message vanishes, as 0.05 or 5%.
   * @param burstLoss Probability that a message begins a burst of losses, as 0.01 or 1%.
   * @param duplicate Probability that a message arrives twice, as 0.01 or 1%.
   * @param reorder Probability that later messages overtake a message, as 0.01 or 1%.
   * @param corrupt Probability that one bit of a message flips, as 0.01 or 1%.
   * @param bandwidth Bytes per second between two destinations; unlimited when absent.
   * @param queue Bytes that may wait for the bandwidth before messages vanish.
   * @param seed Seed of all random decisions of the network.
   */
  public record Network(
      @DefaultValue("0ms") Duration latency,
      @DefaultValue("0ms") Duration jitter,
      @DefaultValue("0") Probability loss,
      @DefaultValue("0") Probability burstLoss,
      @DefaultValue("0") Probability duplicate,
      @DefaultValue("0") Probability reorder,
      @DefaultValue("0") Probability corrupt,
      @Nullable DataSize bandwidth,
      @DefaultValue("1MB") DataSize queue,
      @DefaultValue("0") long seed) {}

  /**
   * This application's own address.
   *
   * @param keyFile File with the destination's private key, in the .dat format of Java I2P and
   *     i2pd; created when missing. A new destination at every start when absent.
   * @param signatureType Signature type of a new destination, by I2P's name or number, such as
   *     EdDSA_SHA512_Ed25519 or 7.
   * @param createIfMissing Whether a key file that does not exist is written, with a new
   *     destination. Otherwise the start ends.
   */
  public record Destination(
      @Nullable String keyFile,
      @DefaultValue("EdDSA_SHA512_Ed25519") String signatureType,
      @DefaultValue("true") boolean createIfMissing) {}

  /**
   * The session with the router.
   *
   * @param nickname Name of the tunnels in the router's console. The router alone sees it.
   */
  public record Session(@Nullable String nickname) {}

  /**
   * What the start of the application waits for.
   *
   * @param failFast Whether the application starts only with a session: it waits for the router and
   *     its tunnels, and ends when there are none in time.
   * @param timeout How long a start with fail-fast waits.
   */
  public record Startup(
      @DefaultValue("false") boolean failFast, @DefaultValue("2m") Duration timeout) {}

  /**
   * Packets of the session, written down.
   *
   * @param file Pcapng file to which every packet of the session is written, payload included;
   *     replaced at every start. No trace when absent.
   * @param maxSize Size of the file at which the trace ends.
   */
  public record Trace(@Nullable String file, @DefaultValue("256MB") DataSize maxSize) {}

  /**
   * Streams for a request and its response.
   *
   * @param manager Bean name or name of the stream manager to dial by. The only or primary one when
   *     absent.
   * @param maxResponseSize Longest response that is taken.
   * @param responseTimeout Longest wait for a part of a response; 0 is the read timeout of streams.
   * @param maxConcurrent Exchanges that do not block their caller, at most at once; further ones
   *     fail.
   * @param retry further attempts to connect
   */
  public record Template(
      @Nullable String manager,
      @DefaultValue("1MB") DataSize maxResponseSize,
      @DefaultValue("1m") Duration responseTimeout,
      @DefaultValue("64") int maxConcurrent,
      @DefaultValue Retry retry) {}

  /**
   * Further attempts to connect.
   *
   * @param maxRetries Attempts after the first one; 0 is none.
   * @param delay Wait before the first further attempt.
   * @param multiplier Factor by which the wait grows with every attempt.
   * @param maxDelay Longest wait.
   * @param jitter Largest random deviation of a wait.
   */
  public record Retry(
      @DefaultValue("2") int maxRetries,
      @DefaultValue("1s") Duration delay,
      @DefaultValue("2") double multiplier,
      @DefaultValue("30s") Duration maxDelay,
      @DefaultValue("0ms") Duration jitter) {}
}
