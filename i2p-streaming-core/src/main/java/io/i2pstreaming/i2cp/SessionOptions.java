package io.i2pstreaming.i2cp;

import io.i2pstreaming.identity.DestinationKeys;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who reads which I2CP session option: the router, this library, or nobody. Knows the official
 * names and which combinations this client can honour; called while a manager is built, before any
 * byte is sent. What is private (keys, access lists) never passes {@link #forRouter}.
 *
 * <p>I2CP overview, "I2CP Options".
 */
public final class SessionOptions {
  /** Who reads an option. */
  public enum Reader {
    /** Sent to the router. */
    ROUTER,
    /** Read on this side only: never sent. */
    CLIENT,
    /** Not an option of I2CP, tunnels or streaming: never sent. */
    NOBODY
  }

  static final String LEASE_SET_TYPE = "i2cp.leaseSetType";
  static final String LEASE_SET_ENCRYPTION = "i2cp.leaseSetEncType";
  static final String DONT_PUBLISH = "i2cp.dontPublishLeaseSet";
  static final String FAST_RECEIVE = "i2cp.fastReceive";
  static final String RELIABILITY = "i2cp.messageReliability";
  static final String USER_NAME = "i2cp.username";
  static final String PASSWORD = "i2cp.password";

  private static final String STREAMING = "i2p.streaming.";

  private static final List<String> TUNNEL =
      List.of(
          "length",
          "lengthVariance",
          "quantity",
          "backupQuantity",
          "allowZeroHop",
          "IPRestriction",
          "randomKey",
          "nickname",
          "priority");

  private static final List<String> ROUTER =
      List.of(
          LEASE_SET_TYPE,
          LEASE_SET_ENCRYPTION,
          DONT_PUBLISH,
          FAST_RECEIVE,
          RELIABILITY,
          USER_NAME,
          PASSWORD,
          "explicitPeers",
          "shouldBundleReplyInfo",
          "clientMessageTimeout",
          "crypto.tagsToSend",
          "crypto.lowTagThreshold",
          "crypto.ratchet.inboundTags",
          "crypto.ratchet.outboundTags",
          "latency.min",
          "latency.max");

  private static final String GZIP = "i2cp.gzip";

  /** Obeyed elsewhere in this library, or without effect here. */
  private static final List<String> CLIENT =
      List.of(
          GZIP,
          "i2cp.tcp.host",
          "i2cp.tcp.port",
          "i2cp.destination.sigType",
          "i2cp.accessList",
          "i2cp.enableAccessList",
          "i2cp.enableBlackList",
          "i2cp.reduceIdleTime",
          "i2cp.reduceQuantity",
          "i2cp.closeIdleTime");

  private static final String KEY_FILE = "offline signatures come from the key file";
  private static final String ENCRYPTED = "encrypted lease sets are not supported";
  private static final String OBSOLETE = "the old lease set encryption is obsolete";
  private static final String SESSION_KEYS = "lease set keys are made anew for every session";

  /** Switches of things that this client does not do: refused unless they say no. */
  private static final Map<String, String> NOT_DONE = new TreeMap<>();

  /** Values that would be lost in silence, or leak, if the name were dropped or sent. */
  private static final Map<String, String> REFUSED = new TreeMap<>();

  static {
    NOT_DONE.put(
        "i2cp.SSL",
        "TLS is chosen with the router's address: TlsRouterAddress, or i2p.router.ssl.bundle");
    NOT_DONE.put("i2cp.encryptLeaseSet", OBSOLETE);
    NOT_DONE.put("i2cp.reduceOnIdle", "reducing tunnels when idle is not supported");
    NOT_DONE.put("i2cp.closeOnIdle", "closing the session when idle is not supported");
    NOT_DONE.put("i2cp.leaseSetAuthType", ENCRYPTED);
    NOT_DONE.put("i2cp.outboundBytesPerSecond", "throttling by the client is not supported");
    REFUSED.put("i2cp.leaseSetOfflineExpiration", KEY_FILE);
    REFUSED.put("i2cp.leaseSetTransientPublicKey", KEY_FILE);
    REFUSED.put("i2cp.leaseSetOfflineSignature", KEY_FILE);
    REFUSED.put("i2cp.leaseSetSecret", ENCRYPTED);
    REFUSED.put("i2cp.leaseSetPrivKey", ENCRYPTED);
    REFUSED.put("i2cp.leaseSetBlindedType", ENCRYPTED);
    REFUSED.put("i2cp.leaseSetKey", OBSOLETE);
    REFUSED.put("i2cp.leaseSetPrivateKey", SESSION_KEYS);
    REFUSED.put("i2cp.leaseSetSigningPrivateKey", SESSION_KEYS);
  }

  private static final List<String> NO = List.of("", "false", "0", "no");

  /** Official spelling by lower-case name. */
  private static final Map<String, String> SPELLING = spellings();

  private SessionOptions() {}

  private static Map<String, String> spellings() {
    Map<String, String> spelling = new TreeMap<>();
    for (String name : TUNNEL) {
      learn(spelling, "inbound." + name);
      learn(spelling, "outbound." + name);
    }
    ROUTER.forEach(name -> learn(spelling, name));
    CLIENT.forEach(name -> learn(spelling, name));
    NOT_DONE.keySet().forEach(name -> learn(spelling, name));
    REFUSED.keySet().forEach(name -> learn(spelling, name));
    return spelling;
  }

  private static void learn(Map<String, String> spelling, String name) {
    spelling.put(name.toLowerCase(Locale.ROOT), name);
  }

  /** The official spelling of a name that differs only in case; other names as they are. */
  public static String officialName(String name) {
    return SPELLING.getOrDefault(name.toLowerCase(Locale.ROOT), name);
  }

  /** Who reads the option with this (official) name. */
  public static Reader readerOf(String name) {
    if (NOT_DONE.containsKey(name)
        || REFUSED.containsKey(name)
        || CLIENT.contains(name)
        || name.startsWith("i2cp.leaseSetClient.")
        || name.startsWith("i2cp.leaseSetOption.")
        || name.startsWith("i2cp.destination.")
        || name.startsWith(STREAMING)) {
      return Reader.CLIENT;
    }
    if (ROUTER.contains(name)
        || name.startsWith("i2cp.")
        || name.startsWith("inbound.")
        || name.startsWith("outbound.")
        || name.startsWith("crypto.")
        || name.startsWith("latency.")) {
      return Reader.ROUTER;
    }
    return Reader.NOBODY;
  }

  /**
   * The tunnel options among which a running session may choose anew, in official spelling.
   *
   * @throws IllegalArgumentException in one sentence, when one of them is no tunnel option
   */
  public static Map<String, String> forRunningSession(Map<String, String> userOptions) {
    for (String name : userOptions.keySet()) {
      String official = officialName(name);
      if (!official.startsWith("inbound.") && !official.startsWith("outbound.")) {
        throw new IllegalArgumentException(
            "Session option "
                + name
                + " cannot be changed while the session runs: routers take inbound.* and outbound.*"
                + " options only.");
      }
    }
    return forRouter(userOptions);
  }

  /** Whether this (official) name decides the kind of lease set, and with it the packet size. */
  public static boolean namesLeaseSet(String name) {
    return name.equals(LEASE_SET_TYPE) || name.equals(LEASE_SET_ENCRYPTION);
  }

  /** The session that a user's options describe; see {@link #forRouter} for what is refused. */
  public static SessionConfig sessionConfig(Map<String, String> userOptions) {
    Map<String, String> options = forRouter(userOptions);
    return new SessionConfig(options, legacyLeaseSet(options), compression(userOptions));
  }

  private static Compression compression(Map<String, String> userOptions) {
    Compression compression = Compression.ADAPTIVE;
    for (Map.Entry<String, String> entry : userOptions.entrySet()) {
      if (officialName(entry.getKey()).equals(GZIP)) {
        compression = Compression.of(entry.getValue());
      }
    }
    return compression;
  }

  /**
   * Finds out, while a manager is built, what {@link I2cpClient} would refuse later.
   *
   * @throws IllegalArgumentException in one sentence, when the options do not fit I2CP or the keys
   */
  public static void require(SessionConfig config, DestinationKeys keys) {
    if (config.legacyLeaseSet() && keys.offline() != null) {
      throw new IllegalArgumentException(LegacyLeaseSetWriter.OFFLINE_KEYS);
    }
    SessionRequest.check(withRequired(config), keys);
  }

  /**
   * What of a user's options goes to the router, in official spelling.
   *
   * @throws IllegalArgumentException in one sentence, when an option asks for something that this
   *     client does not do, or two options contradict each other
   */
  public static Map<String, String> forRouter(Map<String, String> userOptions) {
    Map<String, String> options = new TreeMap<>();
    for (Map.Entry<String, String> entry : userOptions.entrySet()) {
      String name = officialName(entry.getKey());
      String value = entry.getValue().trim();
      String refusal = refusal(name, value);
      if (refusal != null) {
        throw new IllegalArgumentException(
            "Session option " + entry.getKey() + " cannot be used: " + refusal + ".");
      }
      // Left out instead of sent as false: i2pd since 2.58 reads "false" as "do publish not".
      boolean inverted = name.equals(DONT_PUBLISH) && NO.contains(value.toLowerCase(Locale.ROOT));
      if (readerOf(name) == Reader.ROUTER && !inverted) {
        String other = options.put(name, value);
        if (other != null && !other.equals(value)) {
          throw new IllegalArgumentException(
              "Session option " + name + " is given twice, as " + other + " and as " + value + ".");
        }
      }
    }
    legacyLeaseSet(options);
    return options;
  }

  private static @Nullable String refusal(String name, String value) {
    String notDone = NOT_DONE.get(name);
    if (notDone != null && !NO.contains(value.toLowerCase(Locale.ROOT))) {
      return notDone;
    }
    if (REFUSED.containsKey(name)) {
      return REFUSED.get(name);
    }
    if (name.startsWith("i2cp.leaseSetClient.")) {
      return ENCRYPTED;
    }
    if (name.startsWith(STREAMING)) {
      return "it is no option of a session but of its streams; set it as StreamingOptions or"
          + " ConnectionLimits, or as the property "
          + name;
    }
    if (name.startsWith("i2cp.leaseSetOption.")) {
      return "service records in lease sets are not supported";
    }
    if (name.equals(FAST_RECEIVE) && !value.equalsIgnoreCase("true")) {
      return "messages are received without acknowledgement only, so leave it out or say true";
    }
    return null;
  }

  /**
   * Whether the options ask for the old ElGamal lease set ({@code i2cp.leaseSetType=1} or {@code
   * i2cp.leaseSetEncType=0}).
   *
   * @throws IllegalArgumentException for types that this client does not make
   */
  public static boolean legacyLeaseSet(Map<String, String> options) {
    String type = options.getOrDefault(LEASE_SET_TYPE, "");
    String encryption = options.getOrDefault(LEASE_SET_ENCRYPTION, "");
    switch (type) {
      case "", "1", "3" -> {}
      case "5" ->
          throw new IllegalArgumentException(
              "i2cp.leaseSetType=5: encrypted lease sets are not supported; use 3.");
      default ->
          throw new IllegalArgumentException(
              "i2cp.leaseSetType=" + type + " is not supported; use 3, or 1 for old routers.");
    }
    boolean elGamal = encryption.equals("0");
    if (!encryption.isEmpty() && !elGamal) {
      EncryptionTypes.of(encryption);
    }
    boolean legacy = type.equals("1") || (type.isEmpty() && elGamal);
    if (!encryption.isEmpty() && legacy != elGamal) {
      throw new IllegalArgumentException(
          "i2cp.leaseSetType="
              + type
              + " and i2cp.leaseSetEncType="
              + encryption
              + " do not go together; use 3 with 4 to 7, or 1 with 0 for old routers.");
    }
    return legacy;
  }

  /** Adds what a session of this client always needs and routers do not assume. */
  static Map<String, String> withRequired(SessionConfig config) {
    Map<String, String> options = new TreeMap<>(config.options());
    options.putIfAbsent(FAST_RECEIVE, "true");
    options.putIfAbsent(RELIABILITY, "none");
    options.putIfAbsent(LEASE_SET_TYPE, config.legacyLeaseSet() ? "1" : "3");
    options.putIfAbsent(LEASE_SET_ENCRYPTION, config.legacyLeaseSet() ? "0" : "4");
    if (legacyLeaseSet(options) != config.legacyLeaseSet()) {
      throw new IllegalArgumentException(
          "The session's options ask for the other kind of lease set than its configuration.");
    }
    return options;
  }
}
