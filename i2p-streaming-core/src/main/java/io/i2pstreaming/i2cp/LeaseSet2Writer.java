package io.i2pstreaming.i2cp;

import io.i2pstreaming.i2cp.LeaseRequest.Lease;
import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.identity.OfflineSignature;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;

/**
 * Writes CreateLeaseSet2 with an X25519 key for each encryption type; they are made once and kept
 * for the session. Each set's date is later than the one before, as routers ask.
 *
 * <p>Common structures specification, "LeaseSet2"; I2CP specification, "CreateLeaseSet2Message".
 */
final class LeaseSet2Writer implements LeaseSetWriter {
  private static final int TYPE = 3;
  private static final int KEY_LENGTH = 32;
  private static final int FLAG_OFFLINE = 1;
  private static final int FLAG_UNPUBLISHED = 2;

  private final DestinationKeys keys;
  private final boolean unpublished;
  private final EncryptionTypes types;

  /** In the order of the types, like the next one. */
  private final List<byte[]> privateKeys = new ArrayList<>();

  private final List<byte[]> publicKeys = new ArrayList<>();
  private long lastPublishedSeconds;

  /** {@code random} must be a secure one outside tests. */
  LeaseSet2Writer(
      DestinationKeys keys, EncryptionTypes types, boolean unpublished, RandomGenerator random) {
    this.keys = keys;
    this.types = types;
    this.unpublished = unpublished;
    for (int i = 0; i < types.codes().size(); i++) {
      byte[] privateKey = new byte[KEY_LENGTH];
      random.nextBytes(privateKey);
      privateKeys.add(privateKey);
      publicKeys.add(
          new X25519PrivateKeyParameters(privateKey, 0).generatePublicKey().getEncoded());
    }
  }

  @Override
  public void write(FrameOutput out, int sessionId, LeaseRequest request, long epochMillis) {
    out.begin(MessageType.CREATE_LEASE_SET2).u16(sessionId);
    // The signature covers the type byte in front of the structure too, which is where it stands.
    int signedFrom = out.length();
    out.u8(TYPE);
    header(out, request, epochMillis);
    out.u16(0);
    keys(out, publicKeys);
    out.u8(request.leases().size());
    for (Lease lease : request.leases()) {
      out.bytes(lease.gateway().bytes()).u32(lease.tunnelId()).u32(lease.endMillis() / 1000);
    }
    SessionRequest.sign(keys, out, signedFrom);
    keys(out, privateKeys);
    out.finish();
  }

  private void keys(FrameOutput out, List<byte[]> values) {
    out.u8(values.size());
    for (int i = 0; i < values.size(); i++) {
      out.u16(types.codes().get(i)).u16(KEY_LENGTH).bytes(values.get(i));
    }
  }

  private void header(FrameOutput out, LeaseRequest request, long epochMillis) {
    int at = out.reserve(keys.destination().length());
    keys.destination().writeTo(out.array(), at);
    long published = Math.max((epochMillis + 500) / 1000, lastPublishedSeconds + 1);
    lastPublishedSeconds = published;
    long expires = Math.min(0xffff, Math.max(0, request.lastEndSeconds() - published));
    OfflineSignature offline = keys.offline();
    int flags = (offline == null ? 0 : FLAG_OFFLINE) | (unpublished ? FLAG_UNPUBLISHED : 0);
    out.u32(published).u16((int) expires).u16(flags);
    if (offline != null) {
      out.bytes(offline.toBytes());
    }
  }
}
