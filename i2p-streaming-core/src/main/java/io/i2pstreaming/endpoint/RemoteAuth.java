package io.i2pstreaming.endpoint;

import io.i2pstreaming.connection.PacketAuth;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.OfflineSignature;
import io.i2pstreaming.identity.Signatures;
import io.i2pstreaming.identity.SigningKeyType;
import io.i2pstreaming.wire.PacketView;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Signs packets to one remote destination and verifies packets from it. Knows the remote key, and
 * the transient key once a valid packet brought one. Belongs to one connection (or to one packet
 * outside connections); knows nothing of ids and states.
 *
 * <p>A signature covers the packet exactly as sent, with the signature's own bytes zero; so the
 * received bytes are verified in place, with a hole that is closed again afterwards.
 *
 * <p>Streaming specification, "Signature"; common structures, "Offline Signature".
 */
final class RemoteAuth implements PacketAuth {
  private final LocalIdentity local;
  private final Destination remote;
  private @Nullable Transient transientKey;

  RemoteAuth(LocalIdentity local, Destination remote) {
    this.local = local;
    this.remote = remote;
  }

  Destination remote() {
    return remote;
  }

  @Override
  public byte[] localDestination() {
    return local.destination();
  }

  @Override
  public byte[] remoteHash() {
    return remote.hash().bytes();
  }

  @Override
  public byte @Nullable [] offlineBlock() {
    return local.offlineBlock();
  }

  @Override
  public int signatureLength() {
    return local.signatureLength();
  }

  @Override
  public boolean canSign(long nowNanos) {
    return local.canSign(nowNanos);
  }

  @Override
  public void sign(byte[] packet, int offset, int length, int signatureOffset) {
    local.sign(packet, offset, length, signatureOffset);
  }

  @Override
  public boolean verify(long nowNanos, PacketView packet) {
    if (packet.fromLength() > 0
        && !remote.matches(packet.buffer(), packet.fromOffset(), packet.fromLength())) {
      return false;
    }
    if (packet.offlineLength() > 0) {
      return verifyWithOffline(nowNanos, packet);
    }
    Transient brought = transientKey;
    if (brought != null) {
      return verifyInPlace(brought.type, brought.publicKey, packet);
    }
    SigningKeyType type = usable(remote.signingKeyType());
    return type != null && verifyInPlace(type, remote.signingPublicKey(), packet);
  }

  /**
   * Verifies a packet that brings a transient key, and takes the key over when both are valid. It
   * stays for the rest of the connection, also past its expiry: refusing the peer's CLOSE then
   * would help nobody.
   */
  private boolean verifyWithOffline(long now, PacketView packet) {
    byte[] buffer = packet.buffer();
    int start = packet.offlineOffset();
    int end = start + packet.offlineLength();
    SigningKeyType signer = usable(remote.signingKeyType());
    if (signer == null) {
      return false;
    }
    OfflineSignature block = OfflineSignature.parse(buffer, start, packet.offlineLength(), signer);
    SigningKeyType type = usable(block.transientType());
    Transient before = transientKey;
    boolean known =
        before != null && Arrays.equals(before.block, 0, before.block.length, buffer, start, end);
    if (type == null
        || !local.stillValid(now, block.expiresEpochSeconds())
        || !(known || block.isSignedBy(remote))
        || !verifyInPlace(type, block.transientPublicKey(), packet)) {
      return false;
    }
    transientKey =
        new Transient(type, block.transientPublicKey(), Arrays.copyOfRange(buffer, start, end));
    return true;
  }

  private static boolean verifyInPlace(SigningKeyType type, byte[] key, PacketView packet) {
    if (packet.signatureLength() != type.signatureLength()) {
      return false;
    }
    byte[] buffer = packet.buffer();
    int start = packet.signatureOffset();
    int end = start + packet.signatureLength();
    byte[] signature = Arrays.copyOfRange(buffer, start, end);
    Arrays.fill(buffer, start, end, (byte) 0);
    try {
      return Signatures.verify(type, key, buffer, packet.offset(), packet.length(), signature, 0);
    } finally {
      System.arraycopy(signature, 0, buffer, start, signature.length);
    }
  }

  /** Ed25519ph has a number but no packet was ever signed with it. */
  private static @Nullable SigningKeyType usable(@Nullable SigningKeyType type) {
    return type == SigningKeyType.EDDSA_SHA512_ED25519PH ? null : type;
  }

  /** The key that signs for the destination, and the block that said so. */
  private static final class Transient {
    final SigningKeyType type;
    final byte[] publicKey;
    final byte[] block;

    Transient(SigningKeyType type, byte[] publicKey, byte[] block) {
      this.type = type;
      this.publicKey = publicKey;
      this.block = block;
    }
  }
}
