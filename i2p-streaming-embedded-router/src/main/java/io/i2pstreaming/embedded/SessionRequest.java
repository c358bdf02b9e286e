package io.i2pstreaming.embedded;

import io.i2pstreaming.i2cp.FrameInput;
import io.i2pstreaming.i2cp.FrameOutput;
import io.i2pstreaming.i2cp.MalformedFrameException;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.I2PEncoding;
import io.i2pstreaming.identity.OfflineSignature;
import io.i2pstreaming.identity.Signatures;
import io.i2pstreaming.identity.SigningKeyType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A SessionConfig as a client sent it, and the rules by which a session is granted or refused:
 * those of Java I2P 2.7.0, in its words where clients know them.
 *
 * <p>I2CP specification, "SessionConfig".
 */
final class SessionRequest {
  private static final long MAX_SKEW_MILLIS = 180_000;

  private final Destination destination;
  private final Map<String, String> options;

  /** Vouches for the signing key when the destination's own key is offline. */
  private final @Nullable OfflineSignature offline;

  private final SigningKeyType signingType;
  private final byte[] signingKey;

  /** When the client made it, by its idea of the router's clock. */
  private final long dateMillis;

  private final byte[] signature;

  private SessionRequest(
      Destination destination,
      Map<String, String> options,
      @Nullable OfflineSignature offline,
      SigningKeyType signingType,
      byte[] signingKey,
      long dateMillis,
      byte[] signature) {
    this.destination = destination;
    this.options = options;
    this.offline = offline;
    this.signingType = signingType;
    this.signingKey = signingKey;
    this.dateMillis = dateMillis;
    this.signature = signature;
  }

  /** Reads one from {@code input}. */
  static SessionRequest read(FrameInput input) throws MalformedFrameException, RefusedException {
    Destination destination = readDestination(input);
    Map<String, String> options = input.mapping();
    long dateMillis = input.i64();
    SigningKeyType own = signingTypeOf(destination);
    OfflineSignature offline = offline(options, own);
    SigningKeyType signing = offline == null ? own : offline.transientType();
    byte[] key = offline == null ? destination.signingPublicKey() : offline.transientPublicKey();
    byte[] signature = input.bytes(signing.signatureLength());
    return new SessionRequest(destination, options, offline, signing, key, dateMillis, signature);
  }

  /** Reads a destination and passes over it. */
  static Destination readDestination(FrameInput input) throws MalformedFrameException {
    Destination destination;
    try {
      destination = Destination.parse(input.array(), input.offset(), input.remaining());
    } catch (IllegalArgumentException e) {
      throw new MalformedFrameException(String.valueOf(e.getMessage()));
    }
    input.skip(destination.length());
    return destination;
  }

  /** Who asks. */
  Destination destination() {
    return destination;
  }

  /** Session options, in the order of the wire. */
  Map<String, String> options() {
    return options;
  }

  /** Whether a router may open a session for this at {@code epochMillis}. */
  void check(long epochMillis) throws RefusedException {
    if (destination.encryptionKeyCode() != EncryptionKeys.ELGAMAL) {
      throw new RefusedException("Non-ElGamal encryption type in key certificate unsupported");
    }
    long skew = epochMillis - dateMillis;
    if (Math.abs(skew) > MAX_SKEW_MILLIS) {
      throw new RefusedException(
          "Create session message client clock skew? "
              + Math.abs(skew)
              + " ms in the "
              + (skew > 0 ? "past" : "future"));
    }
    checkOffline(epochMillis);
    if (!verifies()) {
      throw new RefusedException("Invalid signature on CreateSessionMessage");
    }
    checkLeaseSetOptions();
  }

  private void checkOffline(long epochMillis) throws RefusedException {
    if (offline == null) {
      return;
    }
    if (offline.expiresEpochSeconds() * 1000 < epochMillis) {
      throw new RefusedException("Offline signature for tunnel expired");
    }
    if (!offline.isSignedBy(destination)) {
      throw new RefusedException("Invalid offline signature on CreateSessionMessage");
    }
  }

  private boolean verifies() {
    // Sorted again, as Java routers do: a mapping that was signed in another order is refused.
    FrameOutput signed =
        new FrameOutput().clear().bytes(destination.bytes()).mapping(options).i64(dateMillis);
    return Signatures.verify(
        signingType, signingKey, signed.array(), 0, signed.length(), signature, 0);
  }

  private void checkLeaseSetOptions() throws RefusedException {
    String encryption = options.get("i2cp.leaseSetEncType");
    if (encryption != null) {
      for (String type : encryption.split(",", -1)) {
        if (!EncryptionKeys.supports(type)) {
          throw new RefusedException("Unsupported crypto type: " + type);
        }
      }
    }
    String leaseSet = options.get("i2cp.leaseSetType");
    if (leaseSet != null && !leaseSet.equals("1") && !leaseSet.equals("3")) {
      throw new RefusedException(
          "Unsupported lease set type " + leaseSet + ": the embedded router knows 1 and 3");
    }
  }

  private static SigningKeyType signingTypeOf(Destination destination) throws RefusedException {
    SigningKeyType type = destination.signingKeyType();
    if (type == null || !Signatures.canVerify(type)) {
      throw new RefusedException(
          "Unsupported signature type " + (type == null ? "in destination" : type.code()));
    }
    return type;
  }

  /** The offline block, put together from three options; null when the client has none. */
  private static @Nullable OfflineSignature offline(Map<String, String> options, SigningKeyType own)
      throws RefusedException {
    String expiration = options.get("i2cp.leaseSetOfflineExpiration");
    String key = options.get("i2cp.leaseSetTransientPublicKey");
    String signature = options.get("i2cp.leaseSetOfflineSignature");
    if (expiration == null || key == null || signature == null) {
      return null;
    }
    try {
      int colon = key.indexOf(':');
      int type = colon < 0 ? 0 : transientType(key.substring(0, colon));
      FrameOutput block =
          new FrameOutput()
              .clear()
              .u32(Long.parseLong(expiration))
              .u16(type)
              .bytes(I2PEncoding.fromBase64(key.substring(colon + 1)))
              .bytes(I2PEncoding.fromBase64(signature));
      OfflineSignature offline = OfflineSignature.parse(block.array(), 0, block.length(), own);
      if (offline.length() != block.length() || !Signatures.canVerify(offline.transientType())) {
        throw new IllegalArgumentException("key or signature has the wrong length or type");
      }
      return offline;
    } catch (IllegalArgumentException e) {
      throw new RefusedException("Bad offline signature options: " + e.getMessage());
    }
  }

  /** By number, or by the name that Java I2P gives it. */
  private static int transientType(String text) {
    for (SigningKeyType type : SigningKeyType.values()) {
      if (type.name().equalsIgnoreCase(text)) {
        return type.code();
      }
    }
    return Integer.parseInt(text);
  }
}
