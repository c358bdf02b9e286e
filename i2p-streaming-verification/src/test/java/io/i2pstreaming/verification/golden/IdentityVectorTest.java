package io.i2pstreaming.verification.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.identity.I2PEncoding;
import io.i2pstreaming.identity.OfflineSignature;
import io.i2pstreaming.identity.Signatures;
import io.i2pstreaming.identity.SigningKeyType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.i2p.client.streaming.impl.ReferenceIdentity;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@DisplayName("A11 A20 A21 destinations, keys, names and signatures made by net.i2p 2.7.0")
class IdentityVectorTest {
  private static final String SUFFIX = ".b32.i2p";

  static Stream<JsonNode> destinations() {
    return Json.read("destinations.json").valueStream();
  }

  static Stream<JsonNode> signatures() {
    return Json.read("signatures.json").valueStream();
  }

  @ParameterizedTest
  @MethodSource("destinations")
  void destinationsAreReadAndNamed(JsonNode vector) {
    byte[] bytes = Json.bytes(vector, "bytes");
    Destination destination = Destination.parse(bytes, 0, bytes.length);
    assertThat(destination.bytes()).isEqualTo(bytes).hasSize(vector.required("length").intValue());
    assertThat(destination.hash().bytes()).isEqualTo(Json.bytes(vector, "sha256"));
    assertThat(destination.base32()).isEqualTo(vector.required("base32").stringValue());
    assertThat(destination.signingPublicKey()).isEqualTo(Json.bytes(vector, "signingPublic"));
    String name = vector.required("name").stringValue();
    assertThat(name)
        .containsIgnoringCase(
            destination.signingKeyType().name().replaceAll(".*_(ED25519)$", "$1"));
    if (vector.has("base64")) {
      assertThat(destination.base64()).isEqualTo(vector.required("base64").stringValue());
    }
    assertThat(Destination.fromBase64(destination.base64())).isEqualTo(destination);
  }

  @ParameterizedTest
  @MethodSource("signatures")
  void signaturesOfEveryTypeVerify(JsonNode vector) {
    SigningKeyType type = SigningKeyType.ofCode(vector.required("type").intValue());
    byte[] key = Json.bytes(vector, "public");
    byte[] message = Json.bytes(vector, "message");
    byte[] signature = Json.bytes(vector, "signature");
    assertThat(type.publicKeyLength()).isEqualTo(vector.required("publicLength").intValue());
    assertThat(type.privateKeyLength()).isEqualTo(vector.required("privateLength").intValue());
    assertThat(type.signatureLength()).isEqualTo(vector.required("signatureLength").intValue());
    if (Signatures.canVerify(type)) {
      assertThat(Signatures.verify(type, key, message, 0, message.length, signature, 0)).isTrue();
    } else {
      assertThat(type).isEqualTo(SigningKeyType.EDDSA_SHA512_ED25519PH);
    }
  }

  @Test
  void keyFilesAreReadAndWritten() throws IOException {
    JsonNode files = Json.read("private_key_file.json");
    for (String form : List.of("online", "offline")) {
      byte[] file = Json.bytes(files, form);
      DestinationKeys keys = DestinationKeys.parse(file);
      assertThat(keys.toBytes()).isEqualTo(file);
      assertThat(keys.toBytes()).hasSize(files.required(form + "Length").intValue());
      assertThat(keys.destination().bytes())
          .isEqualTo(Json.bytes(Json.read("destinations.json").get(0), "bytes"));
      assertThat(keys.offline() != null).isEqualTo(form.equals("offline"));
    }
  }

  @Test
  void offlineSignaturesAreRead() throws IOException {
    JsonNode vector = Json.read("offline.json");
    DestinationKeys keys =
        DestinationKeys.parse(Json.bytes(Json.read("private_key_file.json"), "offline"));
    OfflineSignature offline = keys.offline();
    assertThat(offline.expiresEpochSeconds()).isEqualTo(vector.required("expiresSeconds").asLong());
    assertThat(offline.transientPublicKey()).isEqualTo(Json.bytes(vector, "transientPublic"));
    assertThat(offline.signature()).isEqualTo(Json.bytes(vector, "offlineSignature"));
    assertThat(Arrays.copyOf(offline.toBytes(), 6 + 32))
        .isEqualTo(Json.bytes(vector, "signedBytes"));
    assertThat(offline.isSignedBy(keys.destination())).isTrue();
    assertThat(I2PEncoding.base64(offline.signature()))
        .isEqualTo(
            vector
                .required("sessionOptions")
                .required("i2cp.leaseSetOfflineSignature")
                .stringValue());
  }

  @Test
  @DisplayName("A21 Ed25519 signatures equal the reference's, byte for byte")
  void signsLikeTheReference() throws IOException {
    // The signed part of a SessionConfig, and the transient key's signature behind it.
    byte[] config = Json.bytes(Json.read("offline.json"), "sessionConfig");
    DestinationKeys keys =
        DestinationKeys.parse(Json.bytes(Json.read("private_key_file.json"), "offline"));
    byte[] signature = new byte[64];
    keys.sign(config, 0, config.length - 64, signature, 0);
    assertThat(signature).isEqualTo(Arrays.copyOfRange(config, config.length - 64, config.length));
  }

  @Test
  void namesAreSpelledTheSame() {
    JsonNode names = Json.read("names.json");
    byte[] destination = Json.bytes(Json.read("destinations.json").get(0), "bytes");
    assertThat(Destination.parse(destination, 0, destination.length).base32())
        .isEqualTo(names.required("b32").stringValue());
    assertThat(I2PEncoding.base64(new byte[] {(byte) 0xfb, (byte) 0xef, (byte) 0xbe}))
        .isEqualTo(names.required("base64 alphabet check 0xfbefbe").stringValue());
    assertThat(I2PEncoding.base64(new byte[] {-1, -1, -1}))
        .isEqualTo(names.required("base64 of 0xffffff").stringValue());
    assertThat(I2PEncoding.base64(new byte[1]))
        .isEqualTo(names.required("base64 of 1 byte 0x00 (padded)").stringValue());
    byte[] ones = new byte[32];
    Arrays.fill(ones, (byte) 0xff);
    assertThat(I2PEncoding.base32(ones))
        .isEqualTo(names.required("base32 of 32 x 0xff").stringValue());
    String b33 = names.required("b33 no secret no auth").stringValue();
    assertThat(I2PEncoding.fromBase32(b33.substring(0, b33.length() - SUFFIX.length())))
        .isEqualTo(Json.bytes(names, "b33 decoded bytes (no flags)"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 7})
  @DisplayName("A21 key files of the reference load here, and ours there")
  void keyFilesTravelBothWays(int type) throws IOException {
    ReferenceIdentity theirs = ReferenceIdentity.generate(type);
    DestinationKeys loaded = DestinationKeys.parse(theirs.keyFile());
    assertThat(loaded.destination().bytes()).isEqualTo(theirs.destination());
    assertThat(loaded.destination().base32()).isEqualTo(theirs.base32());
    assertThat(loaded.destination().base64()).isEqualTo(theirs.base64());
    assertThat(loaded.destination().hash().bytes()).isEqualTo(theirs.hash());
    assertThat(loaded.toBytes()).isEqualTo(theirs.keyFile());
    assertSigns(loaded);

    DestinationKeys ours =
        DestinationKeys.generate(SigningKeyType.ofCode(type), new SecureRandom());
    ReferenceIdentity read = ReferenceIdentity.ofKeyFile(ours.toBytes());
    assertThat(read.destination()).isEqualTo(ours.destination().bytes());
    assertThat(read.keyFile()).isEqualTo(ours.toBytes());

    DestinationKeys offline =
        DestinationKeys.parse(theirs.withTransientKey(7, 4_000_000_000L).keyFile());
    assertThat(offline.destination()).isEqualTo(loaded.destination());
    assertThat(offline.signingType()).isEqualTo(SigningKeyType.EDDSA_SHA512_ED25519);
    assertSigns(offline);
  }

  private static void assertSigns(DestinationKeys keys) {
    byte[] message = "signed by a stranger's key".getBytes(StandardCharsets.UTF_8);
    byte[] signature = new byte[keys.signingType().signatureLength()];
    keys.sign(message, 0, message.length, signature, 0);
    OfflineSignature offline = keys.offline();
    byte[] key =
        offline == null ? keys.destination().signingPublicKey() : offline.transientPublicKey();
    assertThat(Signatures.verify(keys.signingType(), key, message, 0, message.length, signature, 0))
        .isTrue();
  }
}
