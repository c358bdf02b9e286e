package io.i2pstreaming;

import io.i2pstreaming.endpoint.AccessList;
import io.i2pstreaming.endpoint.AdmissionRules;
import io.i2pstreaming.endpoint.ConnectionLimits;
import io.i2pstreaming.i2cp.PayloadSession;
import io.i2pstreaming.i2cp.SessionOptions;
import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.identity.SigningKeyType;
import io.i2pstreaming.link.RouterAddress;
import io.i2pstreaming.link.RouterAddressList;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Settings of a new {@link StreamManager}. One thread at a time. */
public final class StreamManagerBuilder {
  private String name = "i2p";
  private @Nullable RouterAddress router;
  private @Nullable PayloadSession borrowed;
  private @Nullable DestinationKeys keys;
  private StreamingOptions options = StreamingOptions.defaults();
  private Map<String, String> sessionOptions = Map.of();
  private Map<String, String> credentials = Map.of();
  private AccessList blacklist = AccessList.OFF;
  private @Nullable AccessList accessList;
  private ConnectionLimits limits = ConnectionLimits.NONE;

  StreamManagerBuilder() {}

  /** The manager's name in metrics, health and thread names; default {@code i2p}. */
  public StreamManagerBuilder name(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a stream manager's name is not blank");
    }
    this.name = name;
    return this;
  }

  /**
   * Where the router is; required unless a session is given. See {@code TcpRouterAddress} and the
   * embedded router.
   */
  public StreamManagerBuilder router(RouterAddress router) {
    this.router = Objects.requireNonNull(router);
    return this;
  }

  /**
   * Several routers, the preferred one first: the next one is tried when one cannot be reached or
   * refuses the session. After a session was lost the search starts with the first again.
   *
   * @throws IllegalArgumentException when one of several is the embedded router
   */
  public StreamManagerBuilder routers(List<RouterAddress> routers) {
    return router(new RouterAddressList(routers));
  }

  /**
   * A session that the application has opened itself, instead of a router address. Needs the keys
   * of its destination. Session options and credentials went to whoever opened it; only {@code
   * i2cp.leaseSetType} and {@code i2cp.leaseSetEncType} may be repeated here, for the packet size.
   */
  public StreamManagerBuilder session(PayloadSession session) {
    this.borrowed = Objects.requireNonNull(session);
    return this;
  }

  /**
   * User name and password for a router with {@code i2cp.auth=true}; without TLS they travel in
   * clear.
   */
  public StreamManagerBuilder credentials(String userName, String password) {
    if (userName.isEmpty() || password.isEmpty()) {
      throw new IllegalArgumentException("neither user name nor password can be empty");
    }
    this.credentials = Map.of("i2cp.username", userName, "i2cp.password", password);
    return this;
  }

  /** The identity; without it a transient Ed25519 one is made. */
  public StreamManagerBuilder keys(DestinationKeys keys) {
    this.keys = Objects.requireNonNull(keys);
    return this;
  }

  /** Options of streams. */
  public StreamManagerBuilder options(StreamingOptions options) {
    this.options = Objects.requireNonNull(options);
    return this;
  }

  /**
   * I2CP and tunnel options, passed to the router as written. What only a client reads, such as the
   * access list, takes effect here and never reaches it; what this client cannot do is refused by
   * {@link #build}.
   */
  public StreamManagerBuilder sessionOptions(Map<String, String> options) {
    this.sessionOptions = Map.copyOf(options);
    return this;
  }

  Map<String, String> allSessionOptions() {
    Map<String, String> all = new HashMap<>(options.preset().sessionOptions());
    all.putAll(sessionOptions);
    for (String name : sessionOptions.keySet()) {
      if (credentials.containsKey(SessionOptions.officialName(name))) {
        throw new IllegalArgumentException(
            "credentials are given twice, by themselves and as session option " + name);
      }
    }
    all.putAll(credentials);
    return all;
  }

  /** Who may open streams to us and ping us; default everybody. */
  public StreamManagerBuilder accessList(AccessList list) {
    this.accessList = list;
    return this;
  }

  /** {@code i2p.streaming.blacklist}: who may never, whatever the access list says. */
  public StreamManagerBuilder blacklist(String entries) {
    this.blacklist = AccessList.deny(entries);
    return this;
  }

  /** How many streams peers may open, and how many may be open; default no limit. */
  public StreamManagerBuilder limits(ConnectionLimits limits) {
    this.limits = limits;
    return this;
  }

  AdmissionRules rules() {
    AccessList list = AccessList.ofSessionOptions(sessionOptions);
    if (list != null && accessList != null) {
      throw new IllegalArgumentException(
          "the access list is given twice: as session option i2cp.accessList and by itself");
    }
    AccessList own = accessList == null ? AccessList.OFF : accessList;
    return new AdmissionRules(blacklist, list == null ? own : list, limits);
  }

  /** A manager that is not started yet; IllegalArgumentException says what is wrong. */
  public StreamManager build() {
    if ((router == null) == (borrowed == null)) {
      throw new IllegalArgumentException(
          "a stream manager needs a router address or a session, and not both");
    }
    DestinationKeys identity = keys;
    if (borrowed != null) {
      requireForSession(borrowed, identity, SessionOptions.forRouter(allSessionOptions()));
    }
    if (identity == null) {
      identity = DestinationKeys.generate(SigningKeyType.EDDSA_SHA512_ED25519, new SecureRandom());
    }
    return new StreamManager(this, identity);
  }

  private static void requireForSession(
      PayloadSession session, @Nullable DestinationKeys keys, Map<String, String> options) {
    if (keys == null || !keys.destination().equals(session.destination())) {
      throw new IllegalArgumentException(
          "a session of the application needs the keys of its own destination");
    }
    for (String option : options.keySet()) {
      if (!SessionOptions.namesLeaseSet(option)) {
        throw new IllegalArgumentException(
            "Session option " + option + " has no effect on a session that is open already.");
      }
    }
  }

  /** The name that the manager will have, as far as it was given. */
  public String name() {
    return name;
  }

  @Nullable RouterAddress router() {
    return router;
  }

  @Nullable PayloadSession borrowed() {
    return borrowed;
  }

  StreamingOptions options() {
    return options;
  }
}
