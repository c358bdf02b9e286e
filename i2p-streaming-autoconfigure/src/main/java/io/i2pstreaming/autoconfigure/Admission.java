package io.i2pstreaming.autoconfigure;

import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamManagerBuilder;
import io.i2pstreaming.endpoint.AccessList;
import io.i2pstreaming.endpoint.ConnectionLimits;
import io.i2pstreaming.spring.I2PConfigurationException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads whom to let in: the limits and the blacklist among {@code i2p.streaming.*}, and the access
 * list. Never shows an entry of a list.
 *
 * @param limits how many streams
 * @param blacklist who may never, as text
 * @param accessList who may
 */
record Admission(ConnectionLimits limits, String blacklist, AccessList accessList) {
  static final String BLACKLIST = StreamingOptionsReader.PREFIX + ".blacklist";
  static final String DSA_LIST = StreamingOptionsReader.PREFIX + ".dsalist";

  private static final Logger log = LoggerFactory.getLogger(Admission.class);

  /**
   * What the properties say now.
   *
   * @throws I2PConfigurationException if a value is wrong, or two contradict each other
   */
  static Admission read(PropertyScope scope) {
    return new Admission(limits(scope), blacklist(scope), AccessListReader.read(scope));
  }

  /** Gives a builder this and the session options. */
  void apply(StreamManagerBuilder builder, PropertyScope scope, @Nullable String nickname) {
    builder.limits(limits).blacklist(blacklist).accessList(accessList);
    Map<String, String> options = SessionOptionsReader.read(scope);
    options.keySet().removeIf(AccessListReader::isOfficial);
    if (nickname != null && !nickname.isBlank()) {
      options.putIfAbsent("inbound.nickname", nickname.strip());
      options.putIfAbsent("outbound.nickname", nickname.strip());
    }
    builder.sessionOptions(options);
  }

  /** Changes a manager that runs: the next attempt to connect is judged by this. */
  void apply(StreamManager manager) {
    manager.limits(limits);
    manager.blacklist(blacklist);
    manager.accessList(accessList);
  }

  /** Says once what is accepted and does nothing. */
  static void logWithoutEffect(PropertyScope scope) {
    if (OfficialProperty.findList(scope.own(), DSA_LIST) != null) {
      log.info(
          "The property '{}' is accepted and changes nothing: it names peers to be reached through"
              + " a DSA subsession, and this library opens none. Peers with DSA keys are reached"
              + " like all others.",
          scope.own().written(DSA_LIST));
    }
    AccessListReader.logWithoutEffect(scope);
  }

  private static ConnectionLimits limits(PropertyScope scope) {
    ConnectionLimits limits = ConnectionLimits.NONE;
    for (String name : ConnectionLimits.names()) {
      OfficialProperty property =
          OfficialProperty.find(scope, StreamingOptionsReader.PREFIX + "." + name);
      if (property != null) {
        try {
          limits = limits.with(name, property.value());
        } catch (IllegalArgumentException e) {
          throw property.refused(e);
        }
      }
    }
    return limits;
  }

  private static String blacklist(PropertyScope scope) {
    OfficialProperty blacklist = OfficialProperty.findList(scope, BLACKLIST);
    if (blacklist == null) {
      return "";
    }
    try {
      AccessList unused = AccessList.deny(blacklist.value());
    } catch (IllegalArgumentException e) {
      throw blacklist.refusedInSecret(e);
    }
    return blacklist.value();
  }
}
