package io.i2pstreaming.i2cp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The encryption types that a LeaseSet2 offers, the preferred one first, as in {@code
 * i2cp.leaseSetEncType}. Every type here has an X25519 key of 32 bytes, in the lease set as well as
 * in private: the ML-KEM keys of the hybrids 5 to 7 live for one handshake, inside the routers.
 * ElGamal (0) is not among them: routers from 0.9.46 on do without, and older ones need the old
 * lease set, which has room for no other key.
 *
 * <p>Common structures specification, "PublicKey"; proposal 169.
 */
record EncryptionTypes(List<Integer> codes) {
  static final int X25519 = 4;
  private static final int LAST_ML_KEM = 7;

  EncryptionTypes {
    codes = List.copyOf(codes);
  }

  /**
   * Reads the option.
   *
   * @throws IllegalArgumentException in one sentence, when it is no list that this client can offer
   */
  static EncryptionTypes of(String option) {
    List<Integer> codes = new ArrayList<>();
    for (String text : option.split(",", -1)) {
      int code = text.length() == 1 ? text.charAt(0) - '0' : -1;
      if (code < X25519 || code > LAST_ML_KEM || codes.contains(code)) {
        throw new IllegalArgumentException(
            SessionOptions.LEASE_SET_ENCRYPTION
                + "="
                + option
                + " is not supported; use 4 (X25519), a list such as 6,4 of it and the ML-KEM"
                + " hybrids 5, 6 and 7, each once and without blanks, or 0 alone with"
                + " i2cp.leaseSetType=1 for old routers.");
      }
      codes.add(code);
    }
    return new EncryptionTypes(codes);
  }

  /** Why a router of this version cannot serve such a lease set, or null when it can. */
  @Nullable Refusal refusal(String routerVersion) {
    if (RouterVersion.isOlder(routerVersion, 0, 9, 46)) {
      return Refusal.tooOld(routerVersion);
    }
    boolean hybrid = codes.stream().anyMatch(code -> code > X25519);
    return hybrid && RouterVersion.isOlder(routerVersion, 0, 9, 67)
        ? Refusal.noMlKem(optionValue(), routerVersion)
        : null;
  }

  private String optionValue() {
    return String.join(",", codes.stream().map(String::valueOf).toList());
  }
}
