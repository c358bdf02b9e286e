package io.i2pstreaming.i2cp;

import io.i2pstreaming.identity.Hash;
import io.i2pstreaming.identity.I2PEncoding;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What kind of name a lookup asks for: a b32 name is looked up by its hash, a host name as it is,
 * and what no router can answer is refused with a sentence.
 *
 * @param name in lower case
 * @param hash of a b32 name, else null
 * @param refusal why this client cannot look it up, or null
 */
public record LookupName(String name, @Nullable Hash hash, @Nullable String refusal) {
  private static final String B32_SUFFIX = ".b32.i2p";
  private static final int B32_LENGTH = 52;
  private static final int B33_MIN_LENGTH = 56;
  private static final int MAX_LENGTH = 255;

  /** Classifies a name in any case. */
  public static LookupName of(String text) {
    String name = text.strip().toLowerCase(Locale.ROOT);
    if (name.isEmpty() || name.getBytes(StandardCharsets.UTF_8).length > MAX_LENGTH) {
      return new LookupName(name, null, "A host name has 1 to 255 characters.");
    }
    if (!name.endsWith(B32_SUFFIX)) {
      return new LookupName(name, null, null);
    }
    String label = name.substring(0, name.length() - B32_SUFFIX.length());
    if (label.length() >= B33_MIN_LENGTH) {
      return new LookupName(
          name, null, "Addresses of encrypted lease sets (b33) are not supported.");
    }
    try {
      byte[] hash = I2PEncoding.fromBase32(label);
      if (label.length() == B32_LENGTH && hash.length == 32) {
        return new LookupName(name, Hash.wrap(hash, 0), null);
      }
    } catch (IllegalArgumentException e) {
      // Not base 32: the same answer as for a wrong length.
    }
    return new LookupName(name, null, "A b32 address has 52 characters of a-z and 2-7.");
  }
}
