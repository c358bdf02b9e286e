package io.i2pstreaming.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A21 destination keys")
class DestinationKeysTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] ONLINE = new Vectors("keyfiles.properties").bytes("online");
  private static final byte[] OFFLINE = new Vectors("keyfiles.properties").bytes("offline");

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(
      names = {
        "DSA_SHA1",
        "ECDSA_SHA256_P256",
        "ECDSA_SHA384_P384",
        "ECDSA_SHA512_P521",
        "EDDSA_SHA512_ED25519"
      })
  void generatesKeysThatSignAndSurviveTheirFile(SigningKeyType type) throws IOException {
    DestinationKeys keys = DestinationKeys.generate(type, RANDOM);
    DestinationKeys again = DestinationKeys.parse(keys.toBytes());
    assertThat(again.destination()).isEqualTo(keys.destination());
    assertThat(again.toBytes()).isEqualTo(keys.toBytes());
    assertThat(again.signingType()).isEqualTo(type);
    assertThat(again.destination().signingKeyType()).isEqualTo(type);
    byte[] message = "a message".getBytes(StandardCharsets.UTF_8);
    byte[] signature = new byte[type.signatureLength() + 4];
    again.sign(message, 2, 7, signature, 3);
    byte[] publicKey = keys.destination().signingPublicKey();
    assertThat(Signatures.verify(type, publicKey, message, 2, 7, signature, 3)).isTrue();
    assertThat(signature[2]).isZero();
    assertThat(signature[signature.length - 1]).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "RSA_SHA256_2048",
        "RSA_SHA384_3072",
        "RSA_SHA512_4096",
        "EDDSA_SHA512_ED25519PH",
        "REDDSA_SHA512_ED25519"
      })
  void refusesToMakeKeysItCannotSignWith(SigningKeyType type) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DestinationKeys.generate(type, RANDOM))
        .withMessageContaining(type.name())
        .withMessageContaining("EDDSA_SHA512_ED25519");
  }

  @Test
  @DisplayName("A21 the padding of new destinations repeats 32 bytes (proposal 161)")
  void repeatsThePadding() {
    byte[] bytes =
        DestinationKeys.generate(SigningKeyType.EDDSA_SHA512_ED25519, RANDOM).destination().bytes();
    assertThat(bytes).hasSize(391).endsWith(5, 0, 4, 0, 7, 0, 0);
    byte[] first = Arrays.copyOf(bytes, 32);
    assertThat(first).isNotEqualTo(new byte[32]);
    for (int copy = 1; copy < 11; copy++) {
      assertThat(Arrays.copyOfRange(bytes, 32 * copy, 32 * copy + 32)).isEqualTo(first);
    }
  }

  @Test
  void signsOverTheMessageItself() {
    DestinationKeys keys = DestinationKeys.generate(SigningKeyType.EDDSA_SHA512_ED25519, RANDOM);
    byte[] packet = new byte[200];
    packet[0] = 1;
    byte[] before = packet.clone();
    keys.sign(packet, 0, packet.length, packet, 70);
    byte[] key = keys.destination().signingPublicKey();
    assertThat(Signatures.verify(keys.signingType(), key, before, 0, 200, packet, 70)).isTrue();
  }

  @Test
  void refusesATargetThatIsTooShort() {
    DestinationKeys keys = DestinationKeys.generate(SigningKeyType.EDDSA_SHA512_ED25519, RANDOM);
    assertThatThrownBy(() -> keys.sign(new byte[3], 0, 3, new byte[64], 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  @DisplayName("A21 a file with an offline section signs with the transient key")
  void signsWithTheTransientKey() throws IOException {
    DestinationKeys keys = DestinationKeys.parse(OFFLINE);
    OfflineSignature offline = keys.offline();
    assertThat(offline).isNotNull();
    assertThat(offline.expiresEpochSeconds()).isEqualTo(4_000_000_000L);
    assertThat(offline.isSignedBy(keys.destination())).isTrue();
    assertThat(keys.signingType()).isEqualTo(SigningKeyType.EDDSA_SHA512_ED25519);
    byte[] message = new byte[100];
    byte[] signature = new byte[64];
    keys.sign(message, 0, 100, signature, 0);
    SigningKeyType type = keys.signingType();
    byte[] transientKey = offline.transientPublicKey();
    assertThat(Signatures.verify(type, transientKey, message, 0, 100, signature, 0)).isTrue();
    byte[] longTermKey = keys.destination().signingPublicKey();
    assertThat(Signatures.verify(type, longTermKey, message, 0, 100, signature, 0)).isFalse();
    assertThat(keys.toBytes()).isEqualTo(OFFLINE);
  }

  @Test
  void savesForItsOwnerOnlyAndReplacesWhole() throws IOException {
    Path file = folder.resolve("new/folder/my.dat");
    DestinationKeys first = DestinationKeys.parse(ONLINE);
    first.save(file);
    assertThat(Files.readAllBytes(file)).isEqualTo(ONLINE);
    if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
      assertThat(Files.getPosixFilePermissions(file))
          .containsExactlyInAnyOrder(
              PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }
    DestinationKeys second = DestinationKeys.parse(OFFLINE);
    second.save(file);
    assertThat(DestinationKeys.load(file).toBytes()).isEqualTo(OFFLINE);
    try (Stream<Path> left = Files.list(file.getParent())) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void saysWhatIsWrongWithAFile() throws IOException {
    assertThatIOException()
        .isThrownBy(() -> DestinationKeys.parse(new byte[0]))
        .withMessageContaining("empty")
        .withMessageContaining("backup");
    assertRefused(Arrays.copyOf(ONLINE, 300), "at least 387 bytes");
    assertRefused(Arrays.copyOf(ONLINE, 389), "asks for 391 bytes");
    assertRefused(Arrays.copyOf(ONLINE, 500), "cut off", "encryption private key");
    assertRefused(Arrays.copyOf(ONLINE, 678), "cut off", "signing private key");
    assertRefused(Arrays.copyOf(ONLINE, 680), "1 surplus byte");
    assertRefused(Arrays.copyOf(OFFLINE, 679), "all zeros", "no offline signature");
    assertRefused(Arrays.copyOf(OFFLINE, 700), "offline signature is cut off");
    assertRefused(Arrays.copyOf(OFFLINE, 812), "cut off", "transient");
    assertRefused(Arrays.copyOf(OFFLINE, 814), "1 surplus byte");
    assertRefused(with(ONLINE, 388, 99), "unknown type");
    assertRefused(with(ONLINE, 390, 99), "unknown type 99");
    assertRefused(with(ONLINE, 678, 77), "does not belong to");
    assertRefused(with(OFFLINE, 812, 77), "does not belong to");
    assertRefused(with(OFFLINE, 682, 77), "not made by its destination");
    assertRefused(
        I2PEncoding.base64(ONLINE).getBytes(StandardCharsets.US_ASCII), "Base64", "binary");
    assertRefused(new byte[70_000], "too many");
  }

  @Test
  void neverShowsAKey() {
    DestinationKeys keys = DestinationKeys.generate(SigningKeyType.EDDSA_SHA512_ED25519, RANDOM);
    assertThat(keys.toString()).isEqualTo("DestinationKeys[" + keys.destination().base32() + "]");
  }

  private void assertRefused(byte[] content, String... words) throws IOException {
    Path file = folder.resolve("broken.dat");
    Files.write(file, content);
    assertThatIOException()
        .isThrownBy(() -> DestinationKeys.load(file))
        .withMessageContainingAll(List.of(words).toArray(CharSequence[]::new))
        .withMessageContaining(file.toString());
  }

  private static byte[] with(byte[] bytes, int at, int value) {
    byte[] copy = bytes.clone();
    copy[at] = (byte) value;
    return copy;
  }
}
