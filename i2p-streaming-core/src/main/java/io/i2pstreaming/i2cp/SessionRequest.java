package io.i2pstreaming.i2cp;

import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.identity.I2PEncoding;
import io.i2pstreaming.identity.OfflineSignature;
import java.util.Map;
import java.util.TreeMap;

/**
 * The signed SessionConfig of CreateSession and ReconfigureSession. Knows the final options,
 * offline properties included; made once by {@link I2cpClient} so that options too long for I2CP
 * are refused before any byte is sent.
 *
 * <p>I2CP specification, "SessionConfig".
 */
final class SessionRequest {
  /** Longest frame that both router implementations take. */
  static final int MAX_FRAME = 65_535;

  private final DestinationKeys keys;
  private final byte[] mapping;

  /** Throws IllegalArgumentException when the options do not fit I2CP. */
  SessionRequest(Map<String, String> options, DestinationKeys keys) {
    this.keys = keys;
    this.mapping = check(options, keys);
  }

  /** Returns the Mapping that goes to the router, or throws like the constructor. */
  static byte[] check(Map<String, String> options, DestinationKeys keys) {
    Map<String, String> all = new TreeMap<>(options);
    OfflineSignature offline = keys.offline();
    if (offline != null) {
      addProperties(all, offline);
    }
    byte[] mapping = new FrameOutput().clear().mapping(all).toBytes();
    int frame =
        FrameSplitter.HEADER
            + keys.destination().length()
            + mapping.length
            + 8
            + keys.signingType().signatureLength();
    if (frame > MAX_FRAME) {
      throw new IllegalArgumentException(
          "The session options take " + mapping.length + " bytes; I2CP has no room for them.");
    }
    return mapping;
  }

  private static void addProperties(Map<String, String> options, OfflineSignature offline) {
    options.put("i2cp.leaseSetOfflineExpiration", Long.toString(offline.expiresEpochSeconds()));
    options.put(
        "i2cp.leaseSetTransientPublicKey",
        offline.transientType().code() + ":" + I2PEncoding.base64(offline.transientPublicKey()));
    options.put("i2cp.leaseSetOfflineSignature", I2PEncoding.base64(offline.signature()));
  }

  /** Makes {@code out} the CreateSession frame, dated and signed. */
  void write(FrameOutput out, long epochMillis) {
    config(out.begin(MessageType.CREATE_SESSION), epochMillis);
  }

  /** Makes {@code out} the ReconfigureSession frame of a session, dated and signed. */
  void writeChange(FrameOutput out, int sessionId, long epochMillis) {
    config(out.begin(MessageType.RECONFIGURE_SESSION).u16(sessionId), epochMillis);
  }

  private void config(FrameOutput out, long epochMillis) {
    int start = out.length();
    int length = keys.destination().length();
    int at = out.reserve(length);
    keys.destination().writeTo(out.array(), at);
    out.bytes(mapping).i64(epochMillis);
    sign(keys, out, start);
    out.finish();
  }

  /** Appends the signature of everything from {@code start} on. */
  static void sign(DestinationKeys keys, FrameOutput out, int start) {
    int end = out.length();
    int at = out.reserve(keys.signingType().signatureLength());
    keys.sign(out.array(), start, end - start, out.array(), at);
  }
}
