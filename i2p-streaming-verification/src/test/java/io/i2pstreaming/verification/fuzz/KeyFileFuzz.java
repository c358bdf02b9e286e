package io.i2pstreaming.verification.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.i2pstreaming.identity.DestinationKeys;
import java.io.IOException;

/** Any bytes as a key file: refused with a sentence, or read so that saving gives them back. */
final class KeyFileFuzz {
  private static final byte[] MESSAGE = {1, 2, 3};

  @FuzzTest
  void keys(byte[] input) {
    DestinationKeys keys;
    try {
      keys = DestinationKeys.parse(input);
    } catch (IOException refused) {
      assertThat(refused.getMessage()).startsWith("destination keys: ").doesNotContain("\n");
      return;
    }
    assertThat(keys.toBytes()).isEqualTo(input);
    byte[] signature = new byte[keys.signingType().signatureLength()];
    keys.sign(MESSAGE, 0, MESSAGE.length, signature, 0);
    assertThat(signature).isNotEqualTo(new byte[signature.length]);
  }
}
