package io.i2pstreaming.verification.i2cp;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.i2cp.GzipPayload;
import io.i2pstreaming.i2cp.SessionOptions;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.identity.SigningKeyType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.i2p.crypto.EncType;
import net.i2p.data.DataFormatException;
import net.i2p.data.DataHelper;
import net.i2p.data.Hash;
import net.i2p.data.Lease;
import net.i2p.data.LeaseSet2;
import net.i2p.data.Payload;
import net.i2p.data.PrivateKey;
import net.i2p.data.PublicKey;
import net.i2p.data.TunnelId;
import net.i2p.data.i2cp.BandwidthLimitsMessage;
import net.i2p.data.i2cp.CreateLeaseSet2Message;
import net.i2p.data.i2cp.CreateLeaseSetMessage;
import net.i2p.data.i2cp.CreateSessionMessage;
import net.i2p.data.i2cp.DestroySessionMessage;
import net.i2p.data.i2cp.DisconnectMessage;
import net.i2p.data.i2cp.GetDateMessage;
import net.i2p.data.i2cp.HostLookupMessage;
import net.i2p.data.i2cp.HostReplyMessage;
import net.i2p.data.i2cp.I2CPMessage;
import net.i2p.data.i2cp.I2CPMessageException;
import net.i2p.data.i2cp.I2CPMessageHandler;
import net.i2p.data.i2cp.MessagePayloadMessage;
import net.i2p.data.i2cp.MessageStatusMessage;
import net.i2p.data.i2cp.RequestLeaseSetMessage;
import net.i2p.data.i2cp.RequestVariableLeaseSetMessage;
import net.i2p.data.i2cp.SendMessageExpiresMessage;
import net.i2p.data.i2cp.SessionConfig;
import net.i2p.data.i2cp.SessionId;
import net.i2p.data.i2cp.SessionStatusMessage;
import net.i2p.data.i2cp.SetDateMessage;
import net.i2p.util.FileUtil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our frames read and verified by the reference library; its frames read by ours. */
@DisplayName("B1 I2CP frames against the reference library")
@SuppressWarnings("JavaUtilDate") // the reference's messages take no other date
class ReferenceFramesTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int SESSION = 0x1234;

  private final long epochMillis = System.currentTimeMillis();

  @BeforeAll
  static void keepTheReferenceOutOfTheWorkingDirectory() throws IOException {
    // Not a folder of the test: the reference goes on writing its log when the test is over.
    Path folder = Files.createTempDirectory("reference-frames");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> FileUtil.rmdir(folder.toFile(), false)));
    for (String property : new String[] {"i2p.dir.base", "i2p.dir.config"}) {
      if (System.getProperty(property) == null) {
        System.setProperty(property, folder.toString());
      }
    }
  }

  static Stream<DestinationKeys> keys() {
    SecureRandom random = new SecureRandom();
    return Stream.concat(
        Stream.of(Vectors.keys("online"), Vectors.keys("offline")),
        Stream.of(
                SigningKeyType.DSA_SHA1,
                SigningKeyType.ECDSA_SHA256_P256,
                SigningKeyType.ECDSA_SHA384_P384,
                SigningKeyType.ECDSA_SHA512_P521,
                SigningKeyType.EDDSA_SHA512_ED25519)
            .map(type -> DestinationKeys.generate(type, random)));
  }

  static Stream<DestinationKeys> onlineKeys() {
    return keys().filter(keys -> keys.offline() == null);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void referenceVerifiesSessionAndLeaseSet(DestinationKeys keys) throws Exception {
    RecordedClient session = started(Map.of("i2cp.dontPublishLeaseSet", "true"), keys);
    assertThat(read(session, GetDateMessage.class).getVersion()).isEqualTo("0.9.67");
    SessionConfig config = read(session, CreateSessionMessage.class).getSessionConfig();
    assertThat(config.verifySignature()).isTrue();
    assertThat(config.getDestination().toByteArray()).isEqualTo(keys.destination().bytes());
    assertThat(config.getOptions()).containsEntry("i2cp.fastReceive", "true");
    assertThat(config.getCreationDate().getTime()).isEqualTo(epochMillis);

    session.feed(bytes(status(1)));
    session.feed(bytes(variableRequest(16)));
    CreateLeaseSet2Message message = read(session, CreateLeaseSet2Message.class);
    LeaseSet2 leaseSet = (LeaseSet2) message.getLeaseSet();
    assertThat(leaseSet.verifySignature()).isTrue();
    assertThat(leaseSet.isUnpublished()).isTrue();
    assertThat(leaseSet.isOffline()).isEqualTo(keys.offline() != null);
    assertThat(leaseSet.getLeaseCount()).isEqualTo(16);
    for (int i = 0; i < 16; i++) {
      assertThat(leaseSet.getLease(i).getTunnelId().getTunnelId()).isEqualTo(1000 + i);
      assertThat(leaseSet.getLease(i).getGateway()).isEqualTo(gateway(i));
    }
    assertThat(leaseSet.getExpires()).isEqualTo((epochMillis + 600_000) / 1000 * 1000);
    assertThat(message.getPrivateKeys()).hasSize(1);
    PrivateKey privateKey = message.getPrivateKeys().get(0);
    assertThat(privateKey.toPublic()).isEqualTo(leaseSet.getEncryptionKeys().get(0));
    assertThat(session.events).containsExactly("up");
  }

  /** 2.7.0 knows no ML-KEM, but steps over keys of unknown types by their length. */
  @Test
  void referenceReadsLeaseSetsWithHybridKeys() throws Exception {
    RecordedClient session =
        started(Map.of("i2cp.leaseSetEncType", "6,4,7"), Vectors.keys("online"), "0.9.67");
    session.writes.clear();
    session.feed(bytes(status(1)));
    session.feed(bytes(variableRequest(2)));
    // Frame header, session id, and the kind of lease set.
    ByteArrayInputStream in = new ByteArrayInputStream(session.writes.removeFirst());
    in.skipNBytes(5 + 2 + 1);
    LeaseSet2 leaseSet = new LeaseSet2();
    leaseSet.readBytes(in);
    assertThat(leaseSet.verifySignature()).isTrue();
    assertThat(leaseSet.getLeaseCount()).isEqualTo(2);
    List<PublicKey> publicKeys = leaseSet.getEncryptionKeys();
    assertThat(publicKeys).hasSize(3);
    assertThat(in.read()).isEqualTo(3);
    int[] types = {6, 4, 7};
    for (int i = 0; i < 3; i++) {
      assertThat(DataHelper.readLong(in, 2)).isEqualTo(types[i]);
      assertThat(DataHelper.readLong(in, 2)).isEqualTo(32);
      PrivateKey privateKey = new PrivateKey(EncType.ECIES_X25519, in.readNBytes(32));
      assertThat(privateKey.toPublic().getData()).isEqualTo(publicKeys.get(i).getData());
      EncType known = publicKeys.get(i).getType();
      assertThat(known == null ? publicKeys.get(i).getUnknownTypeCode() : known.getCode())
          .isEqualTo(types[i]);
    }
    assertThat(in.available()).isZero();
    assertThat(publicKeys).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("onlineKeys")
  void referenceVerifiesTheOldLeaseSet(DestinationKeys keys) throws Exception {
    RecordedClient session = started(Map.of("i2cp.leaseSetType", "1"), keys);
    session.writes.clear();
    session.feed(bytes(status(1)));
    session.feed(bytes(variableRequest(3)));
    session.feed(bytes(fixedRequest()));
    for (int leases = 3; leases >= 2; leases--) {
      CreateLeaseSetMessage message = read(session, CreateLeaseSetMessage.class);
      assertThat(message.getLeaseSet().verifySignature()).isTrue();
      assertThat(message.getLeaseSet().getLeaseCount()).isEqualTo(leases);
      assertThat(message.getLeaseSet().getLease(1).getEndTime()).isEqualTo(epochMillis + 600_000);
      assertThat(message.getPrivateKey().toPublic())
          .isEqualTo(message.getLeaseSet().getEncryptionKey());
    }
  }

  @Test
  void referenceReadsMessagesAndLookups() throws Exception {
    RecordedClient session = up();
    Random random = new Random(3);
    Destination to = Vectors.destination();
    for (int size : new int[] {0, 1, 67, 1730, 32_767, 40_959, 40_960, 62_464}) {
      byte[] noise = new byte[size];
      random.nextBytes(noise);
      for (byte[] plain : new byte[][] {noise, new byte[size]}) {
        for (boolean bundle : new boolean[] {true, false}) {
          session.client.send(
              0, to, 6, 40_000, 7, plain, 0, size, true, 0xffff_ffffL, 30 * SECOND, bundle);
          SendMessageExpiresMessage message = read(session, SendMessageExpiresMessage.class);
          assertThat(message.getDestination().toByteArray()).isEqualTo(to.bytes());
          assertThat(message.getNonce()).isEqualTo(0xffff_ffffL);
          assertThat(message.getExpirationTime()).isEqualTo(epochMillis + 30_000);
          assertThat(message.getFlags()).isEqualTo(bundle ? 0 : 0x100);
          byte[] envelope = message.getPayload().getEncryptedData();
          assertThat(DataHelper.decompress(envelope)).isEqualTo(plain);
          assertThat(DataHelper.fromLong(envelope, 4, 2)).isEqualTo(40_000);
          assertThat(DataHelper.fromLong(envelope, 6, 2)).isEqualTo(7);
          assertThat(envelope[9]).isEqualTo((byte) 6);
        }
      }
    }
    session.client.lookup(0, 1, to.hash(), 20 * SECOND);
    HostLookupMessage hash = read(session, HostLookupMessage.class);
    assertThat(hash.getHash().getData()).isEqualTo(to.hash().bytes());
    assertThat(hash.getTimeout()).isEqualTo(20_000);
    session.client.lookup(0, 2, "example.i2p", 20 * SECOND);
    assertThat(read(session, HostLookupMessage.class).getHostname()).isEqualTo("example.i2p");
    session.client.close(0);
    assertThat(read(session, DestroySessionMessage.class).getSessionId().getSessionId())
        .isEqualTo(SESSION);
  }

  @Test
  void weReadWhatTheReferenceSends() throws Exception {
    RecordedClient session = up();
    Random random = new Random(4);
    for (int size : new int[] {0, 1, 66, 67, 1730, 32_767, 32_768, 40_959}) {
      byte[] noise = new byte[size];
      random.nextBytes(noise);
      for (byte[] plain : new byte[][] {noise, new byte[size]}) {
        byte[] envelope = DataHelper.compress(plain);
        DataHelper.toLong(envelope, 4, 2, 7);
        DataHelper.toLong(envelope, 6, 2, 40_000);
        envelope[9] = 17;
        Payload payload = new Payload();
        payload.setEncryptedData(envelope);
        session.feed(bytes(new MessagePayloadMessage(SESSION, 9, payload)));
        assertThat(session.lastPayload).isEqualTo(plain);
        assertThat(session.events).endsWith("payload 17 7 40000");
      }
    }
    session.events.clear();
    net.i2p.data.Destination found =
        net.i2p.data.Destination.create(new ByteArrayInputStream(Vectors.destination().bytes()));
    session.client.lookup(0, 1, "a.i2p", SECOND);
    session.client.lookup(0, 2, "b.i2p", SECOND);
    session.feed(bytes(new HostReplyMessage(new SessionId(SESSION), found, 2)));
    session.feed(bytes(new HostReplyMessage(new SessionId(SESSION), 6, 1)));
    MessageStatusMessage status = new MessageStatusMessage();
    status.setSessionId(SESSION);
    status.setMessageId(1);
    status.setStatus(MessageStatusMessage.STATUS_SEND_FAILURE_LOOPBACK);
    status.setSize(0);
    status.setNonce(0xffff_ffffL);
    session.feed(bytes(status));
    session.feed(bytes(new BandwidthLimitsMessage(1, 2, 3, 4, 5, 6, 7)));
    DisconnectMessage disconnect = new DisconnectMessage();
    disconnect.setReason("duplicate destination");
    session.feed(bytes(disconnect));
    assertThat(session.events)
        .startsWith(
            "lookup 2 " + Vectors.destination().base32(),
            "lookup 1 -",
            "delivery 4294967295 LOOPBACK_DENIED")
        .hasSize(4);
    assertThat(session.events.get(3)).startsWith("down: Another client of the router");
  }

  @Test
  void everyEnvelopeOfOursIsOneForTheReferenceAndBack() throws Exception {
    GzipPayload gzip = new GzipPayload();
    Random random = new Random(6);
    for (int size = 0; size < 300; size++) {
      byte[] plain = new byte[size];
      for (int i = 0; i < size; i++) {
        plain[i] = (byte) random.nextInt(size % 2 == 0 ? 4 : 256);
      }
      byte[] target = new byte[size + GzipPayload.STORED_OVERHEAD];
      int length = gzip.seal(target, 0, 1, 2, 6, plain, 0, size, true);
      assertThat(DataHelper.decompress(target, 0, length)).isEqualTo(plain);
      byte[] theirs = DataHelper.compress(plain);
      gzip.open(theirs, 0, theirs.length);
      assertThat(
              Arrays.copyOfRange(
                  gzip.data(), gzip.dataOffset(), gzip.dataOffset() + gzip.dataLength()))
          .isEqualTo(plain);
    }
  }

  private RecordedClient started(Map<String, String> options, DestinationKeys keys)
      throws Exception {
    return started(options, keys, "0.9.64");
  }

  private RecordedClient started(
      Map<String, String> options, DestinationKeys keys, String routerVersion) throws Exception {
    RecordedClient session =
        new RecordedClient(SessionOptions.sessionConfig(options), keys, new Random(9));
    session.client.onLinkOpen(0);
    session.writes.removeFirst();
    SetDateMessage date = new SetDateMessage(routerVersion);
    date.setDate(new Date(epochMillis));
    session.feed(bytes(date));
    return session;
  }

  private RecordedClient up() throws Exception {
    RecordedClient session = started(Map.of(), Vectors.keys("online"));
    session.feed(bytes(status(1)));
    session.feed(bytes(variableRequest(2)));
    session.writes.clear();
    session.events.clear();
    return session;
  }

  private static SessionStatusMessage status(int code) {
    SessionStatusMessage status = new SessionStatusMessage();
    status.setSessionId(new SessionId(SESSION));
    status.setStatus(code);
    return status;
  }

  private RequestVariableLeaseSetMessage variableRequest(int leases) {
    RequestVariableLeaseSetMessage request = new RequestVariableLeaseSetMessage();
    request.setSessionId(new SessionId(SESSION));
    for (int i = 0; i < leases; i++) {
      Lease lease = new Lease();
      lease.setGateway(gateway(i));
      lease.setTunnelId(new TunnelId(1000 + i));
      lease.setEndDate(epochMillis + 600_000);
      request.addEndpoint(lease);
    }
    return request;
  }

  private RequestLeaseSetMessage fixedRequest() {
    RequestLeaseSetMessage request = new RequestLeaseSetMessage();
    request.setSessionId(new SessionId(SESSION));
    request.addEndpoint(gateway(0), new TunnelId(1000));
    request.addEndpoint(gateway(1), new TunnelId(1001));
    request.setEndDate(new Date(epochMillis + 600_000));
    return request;
  }

  private static Hash gateway(int i) {
    byte[] hash = new byte[32];
    Arrays.fill(hash, (byte) (16 - i));
    return Hash.create(hash);
  }

  private static byte[] bytes(I2CPMessage message) throws I2CPMessageException, IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    message.writeMessage(out);
    return out.toByteArray();
  }

  private static <T extends I2CPMessage> T read(RecordedClient session, Class<T> type)
      throws I2CPMessageException, IOException, DataFormatException {
    ByteArrayInputStream in = new ByteArrayInputStream(session.writes.removeFirst());
    I2CPMessage message = I2CPMessageHandler.readMessage(in);
    assertThat(in.available()).isZero();
    return type.cast(message);
  }
}
