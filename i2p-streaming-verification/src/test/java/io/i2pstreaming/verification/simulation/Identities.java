package io.i2pstreaming.verification.simulation;

import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.identity.SigningKeyType;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The same keys in every run of every machine: real ones, from a generator that is not. */
final class Identities {
  private static final int COUNT = 8;
  private static final List<DestinationKeys> KEYS = new ArrayList<>();

  static {
    Predictable random = new Predictable();
    for (int i = 0; i < COUNT; i++) {
      KEYS.add(DestinationKeys.generate(SigningKeyType.EDDSA_SHA512_ED25519, random));
    }
  }

  private Identities() {}

  static DestinationKeys ofHost(int number) {
    return KEYS.get(number);
  }

  /** A destination that no host has. */
  static Destination nobody() {
    return KEYS.get(COUNT - 1).destination();
  }

  private static final class Predictable extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final transient SplittableRandom random = new SplittableRandom(7);

    @Override
    public void nextBytes(byte[] bytes) {
      random.nextBytes(bytes);
    }
  }
}
