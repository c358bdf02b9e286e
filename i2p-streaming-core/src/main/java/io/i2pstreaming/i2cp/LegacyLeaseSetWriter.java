package io.i2pstreaming.i2cp;

import io.i2pstreaming.i2cp.LeaseRequest.Lease;
import io.i2pstreaming.identity.DestinationKeys;
import java.math.BigInteger;
import java.util.random.RandomGenerator;
import org.bouncycastle.crypto.agreement.DHStandardGroups;

/**
 * Writes the old CreateLeaseSet with an ElGamal key, which is made once and kept for the session.
 * For old routers that mis-read LeaseSet2; cannot carry offline signatures.
 *
 * <p>Common structures specification, "LeaseSet"; I2CP specification, "CreateLeaseSetMessage".
 */
final class LegacyLeaseSetWriter implements LeaseSetWriter {
  static final String OFFLINE_KEYS =
      "Keys with an offline signature need LeaseSet2: leave out i2cp.leaseSetType=1.";

  private static final int KEY_LENGTH = 256;
  private static final int DSA_PRIVATE_KEY_LENGTH = 20;

  private final DestinationKeys keys;
  private final byte[] privateKey;
  private final byte[] publicKey;

  /** Never used by anyone since revocation was never built; routers only step over it. */
  private final byte[] revocationPrivateKey = new byte[DSA_PRIVATE_KEY_LENGTH];

  /** {@code random} must be a secure one outside tests. */
  LegacyLeaseSetWriter(DestinationKeys keys, RandomGenerator random) {
    if (keys.offline() != null) {
      throw new IllegalArgumentException(OFFLINE_KEYS);
    }
    this.keys = keys;
    byte[] exponent = new byte[KEY_LENGTH];
    random.nextBytes(exponent);
    random.nextBytes(revocationPrivateKey);
    // One bit less than the prime has, so surely below it; and never zero.
    exponent[0] &= 0x7f;
    exponent[KEY_LENGTH - 1] |= 1;
    BigInteger x = new BigInteger(1, exponent);
    this.privateKey = exponent;
    this.publicKey = fixedWidth(BigInteger.TWO.modPow(x, DHStandardGroups.rfc3526_2048.getP()));
  }

  private static byte[] fixedWidth(BigInteger value) {
    byte[] bytes = value.toByteArray();
    byte[] fixed = new byte[KEY_LENGTH];
    int count = Math.min(bytes.length, KEY_LENGTH);
    System.arraycopy(bytes, bytes.length - count, fixed, KEY_LENGTH - count, count);
    return fixed;
  }

  @Override
  public void write(FrameOutput out, int sessionId, LeaseRequest request, long epochMillis) {
    out.begin(MessageType.CREATE_LEASE_SET).u16(sessionId);
    out.bytes(revocationPrivateKey).bytes(privateKey);
    int signedFrom = out.length();
    int at = out.reserve(keys.destination().length());
    keys.destination().writeTo(out.array(), at);
    out.bytes(publicKey).bytes(keys.destination().signingPublicKey());
    out.u8(request.leases().size());
    for (Lease lease : request.leases()) {
      out.bytes(lease.gateway().bytes()).u32(lease.tunnelId()).i64(lease.endMillis());
    }
    SessionRequest.sign(keys, out, signedFrom);
    out.finish();
  }
}
