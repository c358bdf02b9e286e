package io.i2pstreaming.verification.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.identity.SigningKeyType;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Random;
import net.i2p.client.streaming.impl.ReferenceCodec;
import net.i2p.client.streaming.impl.ReferenceIdentity;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * SYNs of every signature type, to and from the reference library: accepted as they are, refused
 * with any bit changed.
 */
@DisplayName("A11 SYNs of every signature type")
class SignatureTypeInteropTest {
  private static final byte[] HASH = new byte[32];
  private static final long FAR_FUTURE = 4_000_000_000L;

  static {
    new Random(1).nextBytes(HASH);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 11})
  void theReferencesSynIsAcceptedAndNoChangedOne(int type) {
    ReferenceIdentity sender = ReferenceIdentity.generate(type);
    assertAcceptedAsItIs(ReferenceCodec.write(PacketSample.syn(HASH), sender));
  }

  @ParameterizedTest
  @CsvSource({"7, 7", "0, 7", "1, 7", "7, 0", "7, 1", "7, 2", "3, 3", "11, 7", "7, 11"})
  void synsOfTransientKeysToo(int longTerm, int transientType) {
    ReferenceIdentity sender =
        ReferenceIdentity.generate(longTerm).withTransientKey(transientType, FAR_FUTURE);
    assertThat(sender.signingType()).isEqualTo(transientType);
    assertAcceptedAsItIs(ReferenceCodec.write(PacketSample.syn(HASH), sender));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 7})
  void theReferenceAcceptsOurs(int type) throws IOException {
    DestinationKeys keys =
        DestinationKeys.generate(SigningKeyType.ofCode(type), new SecureRandom());
    ReferenceIdentity sender = ReferenceIdentity.ofKeyFile(keys.toBytes());
    PacketSample syn = PacketSample.syn(HASH);
    byte[] packet = syn.write(keys);
    assertThat(ReferenceCodec.read(packet).differenceFrom(syn, sender)).isEmpty();
    assertThat(ReferenceCodec.read(packet).verifies(sender)).isTrue();
    packet[packet.length - 1] ^= 1;
    assertThat(ReferenceCodec.read(packet).verifies(sender)).isFalse();

    ReferenceIdentity offline = sender.withTransientKey(type, FAR_FUTURE);
    byte[] other = syn.write(DestinationKeys.parse(offline.keyFile()));
    assertThat(ReferenceCodec.read(other).differenceFrom(syn, offline)).isEmpty();
    assertThat(ReferenceCodec.read(other).verifies(offline)).isTrue();
  }

  @Test
  @DisplayName("A11 a CLOSE has no FROM: P-256 and Ed25519 signatures have one length")
  void closesAreVerifiedByTheKeyThatIsKnown() {
    SigningKeyType p256 = SigningKeyType.ECDSA_SHA256_P256;
    SigningKeyType ed25519 = SigningKeyType.EDDSA_SHA512_ED25519;
    PacketSample close =
        PacketSample.everyKind(HASH).stream()
            .filter(sample -> sample.name.equals("CLOSE"))
            .findFirst()
            .orElseThrow();
    DestinationKeys ours = DestinationKeys.generate(p256, new SecureRandom());
    byte[] key = ours.destination().signingPublicKey();
    byte[] packet = ReferenceCodec.write(close, ReferenceIdentity.ofKeyFile(ours.toBytes()));
    assertThat(PacketSignature.isValid(packet, p256, key)).isTrue();
    byte[] other =
        DestinationKeys.generate(ed25519, new SecureRandom()).destination().signingPublicKey();
    assertThat(PacketSignature.isValid(packet, ed25519, other)).isFalse();
  }

  @Test
  @DisplayName("A11 Ed25519ph is refused, although the reference signs with it")
  void ed25519phIsRefused() {
    ReferenceIdentity sender = ReferenceIdentity.generate(8);
    byte[] packet = ReferenceCodec.write(PacketSample.syn(HASH), sender);
    assertThat(ReferenceCodec.read(packet).verifies(sender)).isTrue();
    assertThat(PacketSignature.isValid(packet)).isFalse();
  }

  private static void assertAcceptedAsItIs(byte[] packet) {
    assertThat(PacketSignature.isValid(packet)).isTrue();
    Random random = new Random(packet.length);
    int step = 1 + packet.length / 120;
    for (int at = 0; at < packet.length; at += 1 + random.nextInt(2 * step)) {
      int bit = random.nextInt(8);
      packet[at] ^= (byte) (1 << bit);
      assertThat(PacketSignature.isValid(packet)).as("byte %d bit %d", at, bit).isFalse();
      packet[at] ^= (byte) (1 << bit);
    }
    assertThat(PacketSignature.isValid(packet)).isTrue();
  }
}
