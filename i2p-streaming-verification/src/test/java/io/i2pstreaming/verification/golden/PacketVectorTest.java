package io.i2pstreaming.verification.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.identity.OfflineSignature;
import io.i2pstreaming.wire.MalformedPacketException;
import io.i2pstreaming.wire.PacketView;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import net.i2p.client.streaming.impl.ReferenceCodec;
import net.i2p.client.streaming.impl.ReferenceIdentity;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

@DisplayName("A3 A11 every kind of packet, to and from the reference library")
class PacketVectorTest {
  private static final JsonNode FILES = Json.read("private_key_file.json");
  private static final JsonNode FROZEN = Json.read("packets.json");
  private static final byte[] HASH = Json.bytes(Json.read("destinations.json").get(2), "sha256");

  /** Every kind of packet, from a destination with its own key and from one with a transient. */
  static Stream<Arguments> packets() {
    return Stream.of("online", "offline")
        .flatMap(
            identity ->
                PacketSample.everyKind(HASH).stream()
                    .map(sample -> Arguments.of(identity, sample)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("packets")
  void bothWriteTheSameBytesThenAndNow(String identity, PacketSample sample) throws IOException {
    String ours = HexFormat.of().formatHex(sample.write(keys(identity)));
    String theirs = HexFormat.of().formatHex(ReferenceCodec.write(sample, reference(identity)));
    assertThat(ours).isEqualTo(theirs);
    assertThat(FROZEN.required(identity).required(sample.name).stringValue()).isEqualTo(theirs);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("packets")
  void theReferenceReadsOurPackets(String identity, PacketSample sample) throws IOException {
    ReferenceIdentity sender = reference(identity);
    ReferenceCodec.ReadPacket read = ReferenceCodec.read(sample.write(keys(identity)));
    assertThat(read.differenceFrom(sample, sender)).isEmpty();
    assertThat(read.verifies(sender)).isEqualTo(sample.signed);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("packets")
  void weReadTheReferencesPackets(String identity, PacketSample sample)
      throws IOException, MalformedPacketException {
    byte[] packet =
        HexFormat.of().parseHex(FROZEN.required(identity).get(sample.name).stringValue());
    DestinationKeys keys = keys(identity);
    PacketView view = new PacketView().wrap(packet, 0, packet.length);
    assertThat(view.sendStreamId()).isEqualTo(sample.sendStreamId);
    assertThat(view.receiveStreamId()).isEqualTo(sample.receiveStreamId);
    assertThat(view.sequence()).isEqualTo(sample.sequence);
    assertThat(view.ackThrough()).isEqualTo(sample.ackThrough);
    assertThat(view.resendDelaySeconds()).isEqualTo(sample.resendDelaySeconds);
    long[] words = new long[view.nackCount()];
    Arrays.setAll(words, view::nack);
    assertThat(words).isEqualTo(sample.nackWords());
    assertThat(view.flags()).isEqualTo(sample.allFlags(keys.offline() != null));
    assertThat(view.delayMillis()).isEqualTo(sample.delayMillis);
    assertThat(view.maxPacketSize())
        .isEqualTo(sample.maxPacketSize == 0 ? -1 : sample.maxPacketSize);
    assertThat(keys.destination().matches(packet, view.fromOffset(), view.fromLength()))
        .isEqualTo(sample.from);
    assertThat(part(packet, view.payloadOffset(), view.payloadLength()))
        .isEqualTo(sample.payload());
    OfflineSignature offline = keys.offline();
    if (sample.from && offline != null) {
      assertThat(part(packet, view.offlineOffset(), view.offlineLength()))
          .isEqualTo(offline.toBytes());
    }
    if (sample.from) {
      assertThat(PacketSignature.isValid(packet)).isEqualTo(sample.signed);
    }
    byte[] key =
        offline == null ? keys.destination().signingPublicKey() : offline.transientPublicKey();
    assertThat(PacketSignature.isValid(packet, keys.signingType(), key)).isEqualTo(sample.signed);
  }

  @Test
  void surplusBytesInTheOptionsAreRefused() throws IOException {
    byte[] packet = PacketSample.syn(HASH).write(keys("online"));
    assertThat(PacketSignature.isValid(packet)).isTrue();
    int sizeAt = 17 + 32 + 3;
    int optionSize = ((packet[sizeAt] & 0xff) << 8) | (packet[sizeAt + 1] & 0xff);
    byte[] longer = Arrays.copyOf(packet, packet.length + 2);
    longer[sizeAt] = (byte) ((optionSize + 2) >>> 8);
    longer[sizeAt + 1] = (byte) (optionSize + 2);
    assertThat(PacketSignature.isValid(longer)).isFalse();
  }

  @Test
  @DisplayName("A11 the reference refuses an expired transient key, and we tell its expiry")
  void expiredTransientKeys() throws IOException {
    ReferenceIdentity expired = ReferenceIdentity.generate(7).withTransientKey(7, 1_500_000_000L);
    DestinationKeys keys = DestinationKeys.parse(expired.keyFile());
    assertThat(keys.offline().expiresEpochSeconds()).isEqualTo(1_500_000_000L);
    byte[] packet = PacketSample.syn(HASH).write(keys);
    assertThat(PacketSignature.isValid(packet)).isTrue();
    assertThat(ReferenceCodec.read(packet).verifies(expired)).isFalse();
  }

  @Test
  void everyKindIsFrozen() {
    List<String> names = PacketSample.everyKind(HASH).stream().map(sample -> sample.name).toList();
    assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThan(30);
    for (String identity : new String[] {"online", "offline"}) {
      assertThat(FROZEN.required(identity).propertyNames())
          .containsExactlyInAnyOrderElementsOf(names);
    }
  }

  private static DestinationKeys keys(String identity) throws IOException {
    return DestinationKeys.parse(Json.bytes(FILES, identity));
  }

  private static ReferenceIdentity reference(String identity) {
    return ReferenceIdentity.ofKeyFile(Json.bytes(FILES, identity));
  }

  private static byte[] part(byte[] bytes, int offset, int length) {
    return Arrays.copyOfRange(bytes, offset, offset + length);
  }
}
