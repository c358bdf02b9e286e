package io.i2pstreaming.embedded;

import io.i2pstreaming.i2cp.FrameInput;
import io.i2pstreaming.i2cp.FrameOutput;
import io.i2pstreaming.i2cp.MalformedFrameException;
import io.i2pstreaming.i2cp.MessageType;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.identity.SigningKeyType;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import org.bouncycastle.crypto.agreement.DHStandardGroups;
import org.bouncycastle.math.ec.rfc7748.X25519;

/** Writes the frames of one client by hand: with the same keys and dates, always the same bytes. */
final class ScriptedClient {
  static final byte[] PROTOCOL_BYTE = {0x2a};
  static final Map<String, String> OPTIONS =
      Map.of(
          "i2cp.fastReceive", "true",
          "i2cp.leaseSetEncType", "4",
          "i2cp.leaseSetType", "3",
          "i2cp.messageReliability", "none",
          "inbound.quantity", "3");

  final DestinationKeys keys;
  private final byte[] encryptionKey = new byte[32];
  private final FrameOutput out = new FrameOutput();

  ScriptedClient() {
    this(DestinationKeys.generate(SigningKeyType.EDDSA_SHA512_ED25519, new SecureRandom()));
  }

  ScriptedClient(DestinationKeys keys) {
    this.keys = keys;
    Arrays.fill(encryptionKey, (byte) 7);
  }

  Destination destination() {
    return keys.destination();
  }

  byte[] getDate() {
    return out.begin(MessageType.GET_DATE).string("0.9.67").finish().toBytes();
  }

  byte[] createSession(Map<String, String> options, long epochMillis) {
    return signedConfig(out.begin(MessageType.CREATE_SESSION), options, epochMillis);
  }

  byte[] reconfigure(int sessionId, Map<String, String> options, long epochMillis) {
    return signedConfig(
        out.begin(MessageType.RECONFIGURE_SESSION).u16(sessionId), options, epochMillis);
  }

  private byte[] signedConfig(FrameOutput frame, Map<String, String> options, long epochMillis) {
    int from = frame.length();
    frame.bytes(destination().bytes()).mapping(options).i64(epochMillis);
    return sign(frame, from).finish().toBytes();
  }

  /** Appends the signature of everything since {@code from}. */
  FrameOutput sign(FrameOutput frame, int from) {
    int to = frame.length();
    int at = frame.reserve(keys.signingType().signatureLength());
    keys.sign(frame.array(), from, to - from, frame.array(), at);
    return frame;
  }

  /** Answers a RequestVariableLeaseSet with a LeaseSet2. */
  byte[] createLeaseSet2(byte[] request, long epochMillis) {
    return createLeaseSet2(request, epochMillis, destination(), encryptionKey);
  }

  byte[] createLeaseSet2(byte[] request, long epochMillis, Destination owner, byte[] privateKey) {
    byte[] publicKey = new byte[32];
    X25519.generatePublicKey(encryptionKey, 0, publicKey, 0);
    FrameInput leases = leases(request);
    out.begin(MessageType.CREATE_LEASE_SET2).u16(sessionId(request));
    int from = out.length();
    out.u8(3).bytes(owner.bytes()).u32(epochMillis / 1000).u16(600);
    out.u16(keys.offline() == null ? 0 : 1);
    if (keys.offline() != null) {
      out.bytes(keys.offline().toBytes());
    }
    out.mapping(Map.of()).u8(1).u16(4).u16(32).bytes(publicKey);
    try {
      int count = leases.u8();
      out.u8(count);
      for (int i = 0; i < count; i++) {
        out.bytes(leases.bytes(36)).u32(leases.i64() / 1000);
      }
    } catch (MalformedFrameException e) {
      throw new IllegalArgumentException(e);
    }
    sign(out, from).u8(1).u16(4).u16(32).bytes(privateKey);
    return out.finish().toBytes();
  }

  /** Answers with the old lease set; {@code match} false gives another private key. */
  byte[] createLegacyLeaseSet(byte[] request, boolean match) {
    BigInteger exponent = new BigInteger(1, encryptionKey);
    BigInteger shown = BigInteger.TWO.modPow(exponent, DHStandardGroups.rfc3526_2048.getP());
    out.begin(MessageType.CREATE_LEASE_SET).u16(sessionId(request)).bytes(new byte[20]);
    out.bytes(new byte[256 - 32]).bytes(match ? encryptionKey : new byte[32]);
    int from = out.length();
    byte[] padded = new byte[256];
    byte[] value = shown.toByteArray();
    int length = Math.min(256, value.length);
    System.arraycopy(value, value.length - length, padded, 256 - length, length);
    out.bytes(destination().bytes()).bytes(padded).bytes(new byte[32]);
    FrameInput leases = leases(request);
    out.bytes(request, leases.offset(), leases.remaining());
    return sign(out, from).finish().toBytes();
  }

  byte[] send(int sessionId, Destination to, byte[] payload, long nonce) {
    return message(out.begin(MessageType.SEND_MESSAGE), sessionId, to, payload, nonce)
        .finish()
        .toBytes();
  }

  byte[] sendExpires(int sessionId, Destination to, byte[] payload, long nonce, long expires) {
    message(out.begin(MessageType.SEND_MESSAGE_EXPIRES), sessionId, to, payload, nonce);
    return out.u16(0).u16((int) (expires >>> 32)).u32(expires).finish().toBytes();
  }

  private static FrameOutput message(
      FrameOutput frame, int sessionId, Destination to, byte[] payload, long nonce) {
    return frame.u16(sessionId).bytes(to.bytes()).u32(payload.length).bytes(payload).u32(nonce);
  }

  byte[] lookupHash(int requestId, byte[] hash) {
    out.begin(MessageType.HOST_LOOKUP).u16(0xffff).u32(requestId).u32(10_000).u8(0).bytes(hash);
    return out.finish().toBytes();
  }

  byte[] lookupName(int requestId, String name) {
    out.begin(MessageType.HOST_LOOKUP).u16(0xffff).u32(requestId).u32(10_000).u8(1).string(name);
    return out.finish().toBytes();
  }

  byte[] destLookup(byte[] hash) {
    return out.begin(MessageType.DEST_LOOKUP).bytes(hash).finish().toBytes();
  }

  byte[] frame(int type, byte[] body) {
    return out.begin(type).bytes(body).finish().toBytes();
  }

  byte[] destroy(int sessionId) {
    return out.begin(MessageType.DESTROY_SESSION).u16(sessionId).finish().toBytes();
  }

  /** The id in a frame that starts with one. */
  static int sessionId(byte[] frame) {
    return (frame[5] & 0xff) << 8 | (frame[6] & 0xff);
  }

  private static FrameInput leases(byte[] request) {
    return new FrameInput(request, 7, request.length - 7);
  }
}
