package io.i2pstreaming.connection;

import io.i2pstreaming.wire.PacketFlags;
import io.i2pstreaming.wire.PacketView;
import io.i2pstreaming.wire.PacketWriter;

/**
 * Writes the packets of one connection: header, acknowledgements, options, payload, signature. Has
 * the ids and the signing port from the connection; decides nothing. Serves {@link Connection}.
 *
 * <p>Streaming specification, "Packet Format".
 */
final class PacketComposer {
  /** No packet may be longer: i2pd has no room for it. */
  static final int MAX_PACKET = 4096;

  /** Payload of a first packet, to which no negotiation applies yet. */
  static final int MAX_FIRST_PAYLOAD = 1730;

  static final int NO_DELAY_OPTION = -1;

  private static final int MAX_NACKS = 255;
  private static final int NACKS_KEPT_FREE = 16;

  private final ConnectionConfig config;
  private final Phase connection;

  PacketComposer(ConnectionConfig config, Phase connection) {
    this.config = config;
    this.connection = connection;
  }

  boolean initiator() {
    return connection.initiator;
  }

  boolean canSign(long now) {
    return connection.auth.canSign(now);
  }

  /** The most payload that fits into our first packet. */
  int firstPayloadLimit() {
    int room = MAX_PACKET - fixedLength(PacketFlags.SYNCHRONIZE) - 4 * NACKS_KEPT_FREE;
    return Math.max(0, Math.min(MAX_FIRST_PAYLOAD, room));
  }

  private int fixedLength(int flags) {
    PacketAuth auth = connection.auth;
    int length = PacketView.MIN_LENGTH + 2;
    if ((flags & PacketFlags.SYNCHRONIZE) != 0) {
      byte[] offline = auth.offlineBlock();
      length += auth.localDestination().length + 2 + (offline == null ? 0 : offline.length);
    }
    return length + (isSigned(flags) ? auth.signatureLength() : 0);
  }

  static boolean isSigned(int flags) {
    return (flags & (PacketFlags.SYNCHRONIZE | PacketFlags.CLOSE)) != 0;
  }

  /**
   * Writes one packet and returns its length.
   *
   * @param flags SYNCHRONIZE, CLOSE, both or none
   * @param received what to acknowledge; ignored while the peer's id is unknown
   * @param delayMillis the delay option, or {@link #NO_DELAY_OPTION}
   */
  int compose(
      byte[] buffer,
      long sequence,
      int flags,
      ReceiveWindow received,
      int delayMillis,
      ByteSource source,
      long offset,
      int length) {
    PacketAuth auth = connection.auth;
    int sendStreamId = connection.sendStreamId();
    boolean acks = sendStreamId != 0 && received.hasReceived();
    int maxNacks = Math.min(MAX_NACKS, (MAX_PACKET - fixedLength(flags) - length) / 4);
    long ackThrough = acks ? received.ackThrough(maxNacks) : 0;
    PacketWriter writer =
        new PacketWriter()
            .begin(buffer, sendStreamId, connection.receiveStreamId, sequence, ackThrough);
    boolean syn = (flags & PacketFlags.SYNCHRONIZE) != 0;
    if (syn && connection.initiator) {
      writer.nackHash(auth.remoteHash());
    } else if (acks) {
      received.writeNacks(writer, ackThrough);
    }
    int ackFlag = acks ? 0 : PacketFlags.NO_ACK;
    boolean interactive = syn && config.profile() == StreamProfile.INTERACTIVE;
    int profileFlag = interactive ? PacketFlags.PROFILE_INTERACTIVE : 0;
    writer.flags(config.initialResendDelaySeconds(), flags | ackFlag | profileFlag);
    if (delayMillis >= 0) {
      writer.delay(delayMillis);
    }
    if (syn) {
      writer.from(auth.localDestination()).maxPacketSize(config.maxMessageSize());
      byte[] offline = auth.offlineBlock();
      if (offline != null) {
        writer.offline(offline);
      }
    }
    if (isSigned(flags)) {
      writer.signature(auth.signatureLength());
    }
    writer.endOptions();
    if (length > 0) {
      source.copy(offset, buffer, writer.length(), length);
    }
    int total = writer.payload(length);
    if (isSigned(flags)) {
      auth.sign(buffer, 0, total, writer.signatureOffset());
    }
    return total;
  }
}
