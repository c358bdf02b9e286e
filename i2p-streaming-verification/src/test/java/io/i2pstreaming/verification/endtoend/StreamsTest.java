package io.i2pstreaming.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PServerSocket;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.ManagerStats;
import io.i2pstreaming.StreamingException;
import io.i2pstreaming.StreamingOptions;
import io.i2pstreaming.embedded.NetworkConditions;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A17 streams between two managers over the embedded router")
@Timeout(600)
class StreamsTest {
  private static final int MEBIBYTE = 1 << 20;

  private World world;

  @BeforeEach
  void open() throws Exception {
    world = new World(NetworkConditions.perfect(), false);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void whatIsSentComesBackAndTheEndToo() throws Exception {
    world.echo();
    try (I2PSocket socket = world.connect()) {
      socket.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();

      assertThat(socket.getInputStream().readAllBytes()).asString().isEqualTo("hello");
      assertThat(socket.remoteDestination()).isEqualTo(world.server.destination());
      assertThat(socket.getRemoteSocketAddress()).isEqualTo(world.target());
      assertThat(socket.isConnected()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void sixteenMebibytesEachWayArriveIntact(boolean tcp) throws Exception {
    try (World own = new World(NetworkConditions.perfect(), tcp)) {
      own.serve(
          socket -> {
            Future<byte[]> sent =
                own.run(() -> World.send(socket.getOutputStream(), 16L * MEBIBYTE, 1));
            byte[] got = World.receive(socket.getInputStream(), 16L * MEBIBYTE);
            byte[] both = java.util.Arrays.copyOf(got, 64);
            System.arraycopy(sent.get(), 0, both, 32, 32);
            socket.getOutputStream().write(both);
            socket.close();
          });
      try (I2PSocket socket = own.connect()) {
        Future<byte[]> sent =
            own.run(() -> World.send(socket.getOutputStream(), 16L * MEBIBYTE, 2));
        byte[] got = World.receive(socket.getInputStream(), 16L * MEBIBYTE);

        assertThat(socket.getInputStream().readNBytes(32)).isEqualTo(sent.get());
        assertThat(socket.getInputStream().readNBytes(32)).isEqualTo(got);
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
        assertThat(socket.awaitAcknowledged(Duration.ofMinutes(1))).isTrue();
      }
    }
  }

  @Test
  void twoHundredStreamsOneAfterTheOther() throws Exception {
    world.echo();
    for (int i = 0; i < 200; i++) {
      try (I2PSocket socket = world.connect()) {
        socket.getOutputStream().write(i);
        socket.getOutputStream().flush();
        assertThat(socket.getInputStream().read()).isEqualTo(i & 0xff);
      }
    }
    ManagerStats stats = world.client.stats();
    assertThat(stats.opened()).isEqualTo(200);
    assertThat(stats.failedConnects()).isZero();
    World.await("no stream is left", () -> world.client.streams().isEmpty());
  }

  @Test
  @DisplayName("A16 a hundred streams at once on one session")
  void aHundredStreamsAtOnce() throws Exception {
    world.echo();
    List<Future<byte[]>> sent = new ArrayList<>();
    List<Future<byte[]>> got = new ArrayList<>();
    List<I2PSocket> sockets = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      I2PSocket socket = world.connect();
      int seed = i;
      sockets.add(socket);
      got.add(world.run(() -> World.receive(socket.getInputStream(), 65_536)));
      sent.add(world.run(() -> World.send(socket.getOutputStream(), 65_536, seed)));
    }
    for (int i = 0; i < 100; i++) {
      assertThat(got.get(i).get(3, TimeUnit.MINUTES)).isEqualTo(sent.get(i).get());
    }
    assertThat(world.client.streams()).hasSize(100);
    assertThat(world.client.stats().activeOutgoing()).isEqualTo(100);
    for (I2PSocket socket : sockets) {
      socket.close();
    }
  }

  @Test
  void millisecondReadTimeoutsLoseNothing() throws Exception {
    world.serve(
        socket -> {
          try (socket) {
            byte[] digest = World.send(socket.getOutputStream(), MEBIBYTE, 3);
            socket.getOutputStream().write(digest);
          }
        });
    try (I2PSocket socket = world.connect()) {
      socket.setSoTimeout(1);
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      InputStream in = socket.getInputStream();
      byte[] block = new byte[777];
      for (int count = 0; count >= 0; ) {
        try {
          count = in.read(block);
          all.write(block, 0, Math.max(0, count));
        } catch (SocketTimeoutException e) {
          // As a program that polls does.
        }
      }
      byte[] got = all.toByteArray();
      assertThat(got).hasSize(MEBIBYTE + 32);
      byte[] digest =
          java.security.MessageDigest.getInstance("SHA-256")
              .digest(java.util.Arrays.copyOf(got, MEBIBYTE));
      assertThat(java.util.Arrays.copyOfRange(got, MEBIBYTE, got.length)).isEqualTo(digest);
    }
  }

  @Test
  @DisplayName("A8 half-close: the other direction goes on")
  void halfClose() throws Exception {
    world.serve(
        socket -> {
          try (socket) {
            byte[] request = socket.getInputStream().readAllBytes();
            socket.getOutputStream().write(request.length);
            World.send(socket.getOutputStream(), 100_000, 4);
          }
        });
    try (I2PSocket socket = world.connect()) {
      socket.getOutputStream().write(new byte[99]);
      socket.shutdownOutput();

      assertThat(socket.isOutputShutdown()).isTrue();
      assertThatThrownBy(() -> socket.getOutputStream().write(1))
          .isInstanceOf(java.io.IOException.class);
      assertThat(socket.getInputStream().read()).isEqualTo(99);
      assertThat(socket.getInputStream().readAllBytes()).hasSize(100_000);
    }
  }

  @Test
  @DisplayName("A8 reset: both sides fail at once")
  void reset() throws Exception {
    world.serve(I2PSocket::reset);
    I2PSocket socket = world.connect();
    assertThatThrownBy(() -> socket.getInputStream().read())
        .isInstanceOf(StreamingException.Reset.class);
    assertThatThrownBy(() -> socket.getOutputStream().write(1))
        .isInstanceOf(StreamingException.Reset.class);
    socket.close();
  }

  @Test
  @DisplayName("A8 a linger time of zero resets")
  void lingerZeroResets() throws Exception {
    world.serve(
        socket -> {
          socket.setSoLinger(true, 0);
          socket.close();
        });
    I2PSocket socket = world.connect();
    assertThatThrownBy(() -> socket.getInputStream().read())
        .isInstanceOf(StreamingException.Reset.class);
  }

  @Test
  @DisplayName("A8 closing sends in the background what was written, and never blocks")
  void closeSendsWhatWasWritten() throws Exception {
    world.serve(
        socket -> {
          World.send(socket.getOutputStream(), 200_000, 5);
          socket.close();
        });
    try (I2PSocket socket = world.connect()) {
      assertThat(socket.getInputStream().readAllBytes()).hasSize(200_000);
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  @DisplayName("A8 closing with unread bytes frees the peer and ends the stream")
  void closeWithUnreadBytes() throws Exception {
    world.serve(
        socket -> {
          assertThat(socket.getInputStream().read()).isZero();
          socket.close();
        });
    I2PSocket socket = world.connect();
    assertThatThrownBy(
            () -> {
              OutputStream out = socket.getOutputStream();
              while (true) {
                out.write(new byte[10_000]);
              }
            })
        .isInstanceOf(StreamingException.class);
    socket.close();
    World.await("the streams are over", () -> world.server.streams().isEmpty());
    World.await("the streams are over", () -> world.client.streams().isEmpty());
  }

  @Test
  void aSlowReaderStopsTheWriterAndThenGetsEverything() throws Exception {
    Future<byte[]> sent;
    try (I2PSocket socket = world.connect();
        I2PSocket accepted = world.listener.accept()) {
      sent = world.run(() -> World.send(socket.getOutputStream(), 4L * MEBIBYTE, 6));
      World.await(
          "the writer is stopped",
          () -> accepted.stats().connection().chokesSent() > 0 && !sent.isDone());
      assertThat(World.receive(accepted.getInputStream(), 4L * MEBIBYTE)).isEqualTo(sent.get());
    }
  }

  @Test
  void aStalledWriteTimesOut() throws Exception {
    try (I2PSocket socket = world.connect();
        I2PSocket accepted = world.listener.accept()) {
      socket.setWriteTimeout(Duration.ofMillis(200));
      // Again as long as only this machine stands still, and the reader does not.
      do {
        assertThatThrownBy(
                () -> {
                  while (true) {
                    socket.getOutputStream().write(new byte[10_000]);
                  }
                })
            .isInstanceOf(SocketTimeoutException.class);
      } while (socket.stats().connection().chokesReceived() == 0);
      assertThat(accepted.isConnected()).isTrue();
      assertThat(socket.awaitAcknowledged(Duration.ofMillis(1))).isFalse();
    }
  }

  @Test
  @DisplayName("A1 the first bytes do not wait for accept")
  void theHandshakeNeedsNoAccept() throws Exception {
    List<I2PSocket> dialled = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      I2PSocket socket = world.connect();
      socket.getOutputStream().write(i);
      socket.getOutputStream().flush();
      assertThat(socket.awaitAcknowledged(Duration.ofMinutes(1))).isTrue();
      dialled.add(socket);
    }
    assertThatThrownBy(world::connect).isInstanceOf(StreamingException.Refused.class);
    for (int i = 0; i < 64; i++) {
      try (I2PSocket accepted = world.listener.accept()) {
        assertThat(accepted.getInputStream().read()).isEqualTo(i);
      }
    }
    assertThat(world.server.stats().refused()).isEqualTo(1);
    for (I2PSocket socket : dialled) {
      socket.close();
    }
  }

  @Test
  void nobodyListens() {
    assertThatThrownBy(() -> world.client.connect(I2PAddress.of(world.server.destination(), 99)))
        .isInstanceOf(StreamingException.Refused.class)
        .hasMessageContaining("nobody listens");
    assertThat(world.client.stats().failedConnects()).isEqualTo(1);
    assertThat(world.server.stats().refused()).isEqualTo(1);
  }

  @Test
  @DisplayName("A16 port 0 takes what has no listener of its own")
  void portZeroTakesTheRest() throws Exception {
    try (I2PServerSocket rest = world.server.listen(0);
        I2PSocket socket = world.client.connect(I2PAddress.of(world.server.destination(), 1234));
        I2PSocket accepted = rest.accept()) {
      assertThat(accepted.getLocalPort()).isEqualTo(1234);
      assertThat(socket.getPort()).isEqualTo(1234);
      world.listener.setSoTimeout(1);
      assertThatThrownBy(() -> world.listener.accept()).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  @DisplayName("A16 the local port is chosen by bind")
  void theLocalPortIsSeenByThePeer() throws Exception {
    try (I2PSocket socket = world.client.newSocket()) {
      socket.bind(InetSocketAddress.createUnresolved("local.i2p", 4321));
      socket.connect(world.target());
      try (I2PSocket accepted = world.listener.accept()) {
        assertThat(accepted.getPort()).isEqualTo(4321);
        assertThat(accepted.remoteAddress())
            .isEqualTo(I2PAddress.of(world.client.destination(), 4321));
      }
    }
  }

  @Test
  void namesAreLookedUpByTheRouterAndByNobodyElse() throws Exception {
    world.echo();
    String name = world.server.destination().base32();
    InetAddress misleading = InetAddress.getByAddress(name, new byte[] {(byte) 192, 0, 2, 1});
    for (Socket socket :
        List.of(
            world.client.socketFactory().createSocket(name, World.PORT),
            connected(InetSocketAddress.createUnresolved(name, World.PORT)),
            connected(new InetSocketAddress(misleading, World.PORT)))) {
      try (socket) {
        socket.getOutputStream().write(42);
        socket.getOutputStream().flush();
        assertThat(socket.getInputStream().read()).isEqualTo(42);
        assertThat(socket.getInetAddress()).isNull();
      }
    }
    assertThat(world.client.lookup(name).get(1, TimeUnit.MINUTES))
        .isEqualTo(world.server.destination());
    assertThatThrownBy(() -> world.client.connect(I2PAddress.parse("nobody.i2p", 1)))
        .isInstanceOf(StreamingException.Unreachable.class);
  }

  private Socket connected(InetSocketAddress address) throws Exception {
    Socket socket = world.client.socketFactory().createSocket();
    socket.connect(address, 120_000);
    return socket;
  }

  @Test
  void aManagerReachesItself() throws Exception {
    world.echo();
    try (I2PSocket socket = world.server.connect(world.target())) {
      socket.getOutputStream().write(1);
      socket.shutdownOutput();
      assertThat(socket.getInputStream().readAllBytes()).containsExactly(1);
    }
  }

  @Test
  @DisplayName("A10 ping and pong")
  void ping() throws Exception {
    assertThat(world.client.ping(world.target(), Duration.ofMinutes(1))).isPositive();
    assertThatThrownBy(() -> world.client.ping(I2PAddress.of(absent(), 0), Duration.ofMillis(300)))
        .isInstanceOf(StreamingException.ConnectTimeout.class);
  }

  private static io.i2pstreaming.identity.Destination absent() {
    return io.i2pstreaming.identity.DestinationKeys.generate(
            io.i2pstreaming.identity.SigningKeyType.EDDSA_SHA512_ED25519,
            new java.security.SecureRandom())
        .destination();
  }

  @Test
  void aDestinationThatIsNotThereIsUnreachable() {
    StreamingOptions patient = StreamingOptions.builder().set("connectTimeout", "30s").build();
    assertThatThrownBy(() -> world.client.connect(I2PAddress.of(absent(), 1), patient))
        .isInstanceOf(StreamingException.Unreachable.class);
  }

  @Test
  @DisplayName("A18 asynchronous connect")
  void connectAsync() throws Exception {
    world.echo();
    try (I2PSocket socket = world.client.connectAsync(world.target()).get(1, TimeUnit.MINUTES)) {
      socket.getOutputStream().write(9);
      socket.getOutputStream().flush();
      assertThat(socket.getInputStream().read()).isEqualTo(9);
    }
    assertThat(world.client.connectAsync(I2PAddress.of(world.server.destination(), 98)))
        .failsWithin(Duration.ofMinutes(1))
        .withThrowableThat()
        .withCauseInstanceOf(StreamingException.Refused.class);
  }

  @Test
  @DisplayName("A18 an interrupt ends a connect")
  void anInterruptEndsAConnect() throws Exception {
    world.router.conditions(lossOnly(1));
    Thread[] dialler = new Thread[1];
    Future<?> dial =
        world.run(
            () -> {
              dialler[0] = Thread.currentThread();
              return world.connect();
            });
    World.await("the SYN is out", () -> world.router.stats().lost() > 0);
    dialler[0].interrupt();
    assertThat(dial)
        .failsWithin(Duration.ofMinutes(1))
        .withThrowableThat()
        .withCauseInstanceOf(java.io.InterruptedIOException.class);
  }

  private static NetworkConditions lossOnly(double loss) {
    NetworkConditions perfect = NetworkConditions.perfect();
    return new NetworkConditions(
        perfect.latency(),
        perfect.jitter(),
        loss,
        perfect.burstLoss(),
        perfect.duplicate(),
        perfect.reorder(),
        perfect.corrupt(),
        perfect.bytesPerSecond(),
        perfect.queueBytes());
  }

  @Test
  void aConnectThatNobodyAnswersTimesOut() {
    world.router.conditions(lossOnly(1));
    StreamingOptions hasty = StreamingOptions.builder().set("connectTimeout", "300ms").build();
    assertThatThrownBy(() -> world.client.connect(world.target(), hasty))
        .isInstanceOf(StreamingException.ConnectTimeout.class);
  }

  @Test
  void channelsCarryBytesBothWays() throws Exception {
    world.echo();
    try (I2PSocket socket = world.connect()) {
      ByteChannel channel = socket.channel();
      ByteBuffer sent = ByteBuffer.allocateDirect(50_000);
      while (sent.hasRemaining()) {
        sent.put((byte) sent.position());
      }
      sent.flip();
      assertThat(channel.write(sent)).isEqualTo(50_000);
      ByteBuffer got = ByteBuffer.allocate(50_000);
      while (got.hasRemaining()) {
        assertThat(channel.read(got)).isPositive();
      }
      assertThat(got.flip()).isEqualTo(sent.flip());
      channel.close();
      assertThat(socket.isClosed()).isTrue();
      assertThatThrownBy(() -> channel.read(got))
          .isInstanceOf(java.nio.channels.ClosedChannelException.class);
    }
  }

  @Test
  void streamsAreListedAndResetByTheirIds() throws Exception {
    I2PSocket socket = world.connect();
    long id = socket.stats().id();
    assertThat(world.client.streams()).extracting("id").containsExactly(id);
    assertThat(world.client.reset(id)).isTrue();
    assertThatThrownBy(() -> socket.getInputStream().read())
        .isInstanceOf(StreamingException.Reset.class);
    World.await("the stream is gone", () -> !world.client.reset(id));
  }

  @Test
  void closingTheManagerEndsEverything() throws Exception {
    I2PSocket socket = world.connect();
    I2PSocket accepted = world.listener.accept();
    world.server.close();

    assertThatThrownBy(() -> accepted.getInputStream().read())
        .isInstanceOf(StreamingException.Closed.class);
    assertThatThrownBy(() -> world.listener.accept()).isInstanceOf(StreamingException.Closed.class);
    assertThatThrownBy(() -> world.server.connect(world.target()))
        .isInstanceOf(StreamingException.Closed.class);
    assertThatThrownBy(() -> socket.getInputStream().read())
        .isInstanceOf(StreamingException.Reset.class);
  }

  @Test
  @DisplayName("A9 A17 a stream may have an inactivity timeout of its own")
  void anInactivityTimeoutOfOneStream() throws Exception {
    StreamingOptions resetting =
        StreamingOptions.builder().set("inactivityAction", "disconnect").build();
    try (I2PSocket quiet = world.client.connect(world.target(), resetting);
        I2PSocket other = world.client.connect(world.target(), resetting)) {
      quiet.setInactivityTimeout(Duration.ofMillis(1));
      assertThatThrownBy(() -> quiet.getInputStream().read())
          .isInstanceOf(StreamingException.PeerGone.class);
      other.setSoTimeout(1);
      assertThatThrownBy(() -> other.getInputStream().read())
          .isInstanceOf(java.net.SocketTimeoutException.class);
    }
  }
}
