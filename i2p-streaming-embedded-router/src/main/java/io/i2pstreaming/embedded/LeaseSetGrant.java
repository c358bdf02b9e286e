package io.i2pstreaming.embedded;

import io.i2pstreaming.i2cp.FrameInput;
import io.i2pstreaming.i2cp.FrameOutput;
import io.i2pstreaming.i2cp.MalformedFrameException;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.OfflineSignature;
import io.i2pstreaming.identity.Signatures;
import io.i2pstreaming.identity.SigningKeyType;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks the lease set with which a client grants its leases, new or old form, as a real router
 * does: signature, destination, keys and dates.
 *
 * <p>I2CP specification, "CreateLeaseSet2Message" and "CreateLeaseSetMessage".
 */
final class LeaseSetGrant {
  private static final int LEASE_SET2 = 3;
  private static final int FLAG_OFFLINE = 1;
  private static final int MAX_KEYS = 8;
  private static final int MAX_LEASES = 16;
  private static final int REVOCATION_PRIVATE_KEY = 20;
  private static final int LEASE_ADDRESS = 36;
  private static final long LONGEST_AHEAD_MILLIS = 16 * 60_000L;
  private static final long LONGEST_PAST_MILLIS = 60_000;

  private static final class TypedKey {
    final int type;
    final byte[] bytes;

    TypedKey(int type, byte[] bytes) {
      this.type = type;
      this.bytes = bytes;
    }
  }

  private LeaseSetGrant() {}

  /** Reads type 41 behind its session id; returns when the last lease ends, in ms since 1970. */
  static long readLeaseSet2(FrameInput input, Destination owner, long epochMillis)
      throws MalformedFrameException, RefusedException {
    int kind = input.u8();
    if (kind != LEASE_SET2) {
      throw new RefusedException(
          "Unsupported lease set type " + kind + ": the embedded router knows 1 and 3");
    }
    int start = input.offset();
    readOwner(input, owner);
    input.skip(4 + 2);
    int flags = input.u16();
    OfflineSignature offline = (flags & FLAG_OFFLINE) == 0 ? null : offline(input, owner);
    if (offline != null && offline.expiresEpochSeconds() * 1000 < epochMillis) {
      throw new RefusedException("Invalid leaseset: its offline signature has expired");
    }
    input.mapping();
    List<TypedKey> publicKeys = readKeys(input);
    long end = 0;
    for (int left = leaseCount(input); left > 0; left--) {
      input.skip(LEASE_ADDRESS);
      end = Math.max(end, 1000 * input.u32());
    }
    SigningKeyType type = offline == null ? signingType(owner) : offline.transientType();
    byte[] key = offline == null ? owner.signingPublicKey() : offline.transientPublicKey();
    verify(input, new byte[] {LEASE_SET2}, start, type, key);
    checkKeys(publicKeys, readKeys(input));
    checkEnd(end, epochMillis);
    return end;
  }

  /** Reads type 4 behind its session id; returns when the last lease ends, in ms since 1970. */
  static long readLegacy(FrameInput input, Destination owner, long epochMillis)
      throws MalformedFrameException, RefusedException {
    input.skip(REVOCATION_PRIVATE_KEY);
    byte[] privateKey = input.bytes(EncryptionKeys.ELGAMAL_LENGTH);
    int start = input.offset();
    readOwner(input, owner);
    byte[] publicKey = input.bytes(EncryptionKeys.ELGAMAL_LENGTH);
    SigningKeyType type = signingType(owner);
    input.skip(type.publicKeyLength());
    long end = 0;
    for (int left = leaseCount(input); left > 0; left--) {
      input.skip(LEASE_ADDRESS);
      end = Math.max(end, input.i64());
    }
    verify(input, new byte[0], start, type, owner.signingPublicKey());
    if (!EncryptionKeys.pair(EncryptionKeys.ELGAMAL, publicKey, privateKey)) {
      throw new RefusedException("Private/public crypto key mismatch in LS");
    }
    checkEnd(end, epochMillis);
    return end;
  }

  private static void readOwner(FrameInput input, Destination owner)
      throws MalformedFrameException, RefusedException {
    if (!SessionRequest.readDestination(input).equals(owner)) {
      throw new RefusedException("Different destination in LS");
    }
  }

  private static SigningKeyType signingType(Destination owner) throws RefusedException {
    SigningKeyType type = owner.signingKeyType();
    if (type == null) {
      throw new RefusedException("Unsupported signature type in destination");
    }
    return type;
  }

  private static OfflineSignature offline(FrameInput input, Destination owner)
      throws MalformedFrameException, RefusedException {
    OfflineSignature offline;
    try {
      offline =
          OfflineSignature.parse(
              input.array(), input.offset(), input.remaining(), signingType(owner));
    } catch (IllegalArgumentException e) {
      throw new MalformedFrameException(String.valueOf(e.getMessage()));
    }
    input.skip(offline.length());
    if (!offline.isSignedBy(owner) || !Signatures.canVerify(offline.transientType())) {
      throw new RefusedException("Invalid leaseset: bad offline signature");
    }
    return offline;
  }

  private static List<TypedKey> readKeys(FrameInput input) throws MalformedFrameException {
    int count = input.u8();
    if (count < 1 || count > MAX_KEYS) {
      throw new MalformedFrameException("a lease set has 1 to 8 keys, not " + count);
    }
    List<TypedKey> keys = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int type = input.u16();
      keys.add(new TypedKey(type, input.bytes(input.u16())));
    }
    return keys;
  }

  private static int leaseCount(FrameInput input) throws MalformedFrameException {
    int count = input.u8();
    if (count > MAX_LEASES) {
      throw new MalformedFrameException("a lease set has at most 16 leases, not " + count);
    }
    return count;
  }

  private static void verify(
      FrameInput input, byte[] prefix, int start, SigningKeyType type, byte[] key)
      throws MalformedFrameException, RefusedException {
    int length = input.offset() - start;
    int signature = input.skip(type.signatureLength());
    FrameOutput signed =
        new FrameOutput().clear().bytes(prefix).bytes(input.array(), start, length);
    if (!Signatures.verify(
        type, key, signed.array(), 0, signed.length(), input.array(), signature)) {
      throw new RefusedException("Invalid leaseset: bad signature");
    }
  }

  private static void checkKeys(List<TypedKey> publicKeys, List<TypedKey> privateKeys)
      throws RefusedException {
    if (publicKeys.size() != privateKeys.size()) {
      throw new RefusedException("Invalid leaseset: not one private key per public key");
    }
    for (int i = 0; i < publicKeys.size(); i++) {
      TypedKey shown = publicKeys.get(i);
      TypedKey secret = privateKeys.get(i);
      if (EncryptionKeys.length(shown.type) < 0) {
        throw new RefusedException("Unsupported crypto type: " + shown.type);
      }
      if (shown.type != secret.type
          || !EncryptionKeys.pair(shown.type, shown.bytes, secret.bytes)) {
        throw new RefusedException("Private/public crypto key mismatch in LS for key: " + i);
      }
    }
  }

  private static void checkEnd(long endMillis, long epochMillis) throws RefusedException {
    if (endMillis < epochMillis - LONGEST_PAST_MILLIS) {
      throw new RefusedException("Invalid leaseset: its leases have ended");
    }
    if (endMillis > epochMillis + LONGEST_AHEAD_MILLIS) {
      throw new RefusedException("Invalid leaseset: its leases end more than 16 minutes ahead");
    }
  }
}
