package io.i2pstreaming.verification.golden;

import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.OfflineSignature;
import io.i2pstreaming.identity.Signatures;
import io.i2pstreaming.identity.SigningKeyType;
import io.i2pstreaming.wire.MalformedPacketException;
import io.i2pstreaming.wire.PacketView;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Verifies a packet by the book, with our packet view and our signatures. */
final class PacketSignature {
  private PacketSignature() {}

  /** Whether the bytes are a packet that carries the signature of the destination in FROM. */
  static boolean isValid(byte[] packet) {
    try {
      PacketView view = new PacketView().wrap(packet, 0, packet.length);
      if (view.fromLength() == 0) {
        return false;
      }
      Destination from = Destination.parse(packet, view.fromOffset(), view.fromLength());
      SigningKeyType type = from.signingKeyType();
      if (type == null) {
        return false;
      }
      if (view.offlineLength() == 0) {
        return isValid(view, type, from.signingPublicKey());
      }
      OfflineSignature offline =
          OfflineSignature.parse(packet, view.offlineOffset(), view.offlineLength(), type);
      return offline.isSignedBy(from)
          && isValid(view, offline.transientType(), offline.transientPublicKey());
    } catch (MalformedPacketException e) {
      return false;
    }
  }

  /** Whether the bytes are a packet that {@code publicKey} signed. */
  static boolean isValid(byte[] packet, SigningKeyType type, byte[] publicKey) {
    try {
      return isValid(new PacketView().wrap(packet, 0, packet.length), type, publicKey);
    } catch (MalformedPacketException e) {
      return false;
    }
  }

  private static boolean isValid(PacketView view, @Nullable SigningKeyType type, byte[] publicKey) {
    if (type == null
        || !Signatures.canVerify(type)
        || view.signatureLength() != type.signatureLength()) {
      return false;
    }
    byte[] packet = view.buffer().clone();
    int start = view.signatureOffset();
    byte[] signature = Arrays.copyOfRange(packet, start, start + view.signatureLength());
    Arrays.fill(packet, start, start + signature.length, (byte) 0);
    return Signatures.verify(type, publicKey, packet, 0, packet.length, signature, 0);
  }
}
