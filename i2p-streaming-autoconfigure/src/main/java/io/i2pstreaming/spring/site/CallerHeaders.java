package io.i2pstreaming.spring.site;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The headers by which an application learns who calls, as I2P's own HTTP server tunnels write
 * them, and the secret that makes them worth believing: made at the start of the application, known
 * to the gateway and to the filters, never sent to anybody else. Thread-safe.
 */
public final class CallerHeaders {
  /** The hash of the caller's destination, in I2P's Base64. */
  public static final String DEST_HASH = "X-I2P-DestHash";

  /** The caller's {@code ….b32.i2p} name. */
  public static final String DEST_B32 = "X-I2P-DestB32";

  /** The caller's destination, in I2P's Base64. */
  public static final String DEST_B64 = "X-I2P-DestB64";

  /** All of our headers begin so, in the spelling of {@link HeaderRules#spelling}. */
  static final String PREFIX = "x-i2p-";

  /** Carries the secret over the loopback connection. */
  static final String SECRET = "X-I2P-Gateway";

  private static final int SECRET_BYTES = 32;

  private final String secret;

  /** Headers with a new secret. */
  public CallerHeaders() {
    byte[] random = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(random);
    secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  String secret() {
    return secret;
  }

  /** Whether a request with this value of {@link #SECRET} comes from the gateway. */
  boolean isFromGateway(@Nullable String value) {
    return value != null
        && MessageDigest.isEqual(
            value.getBytes(StandardCharsets.ISO_8859_1),
            secret.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Whether a header is one of ours, in any spelling. */
  static boolean isOurs(String name) {
    return HeaderRules.spelling(name).startsWith(PREFIX);
  }
}
