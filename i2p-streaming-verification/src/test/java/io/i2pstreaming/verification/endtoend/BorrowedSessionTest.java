package io.i2pstreaming.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PServerSocket;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.SessionState;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamManagerBuilder;
import io.i2pstreaming.StreamingException;
import io.i2pstreaming.i2cp.PayloadSession;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.identity.SigningKeyType;
import io.i2pstreaming.link.TcpRouterAddress;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("B4 a session that the application lends")
class BorrowedSessionTest {
  private static final long SOME = 1 << 20;

  /** All sessions of one test, by their destinations. */
  private final Map<Destination, Lent> network = new ConcurrentHashMap<>();

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Lent left = new Lent();
  private final Lent right = new Lent();

  /** A session that hands every payload straight to the one it is for. */
  private final class Lent implements PayloadSession {
    final DestinationKeys keys =
        DestinationKeys.generate(SigningKeyType.EDDSA_SHA512_ED25519, new SecureRandom());
    final Map<String, Destination> names = new ConcurrentHashMap<>();
    volatile @Nullable Receiver receiver;
    volatile @Nullable RuntimeException breakage;
    volatile boolean closed;

    StreamManager manager() throws Exception {
      StreamManager manager = startedManager();
      assertThat(manager.awaitUp(Duration.ofMinutes(1))).isTrue();
      return manager;
    }

    StreamManager startedManager() {
      network.put(keys.destination(), this);
      StreamManager manager = StreamManager.builder().session(this).keys(keys).build();
      manager.start();
      return manager;
    }

    @Override
    public Destination destination() {
      return keys.destination();
    }

    @Override
    public void open(Receiver receiver) throws IOException {
      if (breakage != null) {
        throw new IOException("out of order");
      }
      this.receiver = receiver;
    }

    @Override
    public boolean send(Destination to, int protocol, int from, int port, byte[] payload) {
      if (breakage != null) {
        throw breakage;
      }
      Lent other = network.get(to);
      if (other == null || other.receiver == null) {
        return false;
      }
      other.receiver.received(protocol, from, port, payload);
      return true;
    }

    @Override
    public void lookup(String name, Consumer<@Nullable Destination> answer) {
      answer.accept(names.get(name));
      answer.accept(null);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  /** A listener that the loop knows: here a SYN may arrive within the turn that it was sent in. */
  private static I2PServerSocket listening(StreamManager server) throws IOException {
    I2PServerSocket listener = server.listen(7);
    server.streams();
    return listener;
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void carriesStreamsAndDatagramsBothWays() throws Exception {
    try (StreamManager client = left.manager();
        StreamManager server = right.manager();
        I2PServerSocket listener = listening(server)) {
      Future<?> echo =
          threads.submit(
              () -> {
                try (I2PSocket socket = listener.accept()) {
                  return socket.getInputStream().transferTo(socket.getOutputStream());
                }
              });
      Map<Integer, byte[]> datagrams = new ConcurrentHashMap<>();
      server.rawDatagrams((protocol, from, to, bytes) -> datagrams.put(protocol, bytes), threads);
      try (I2PSocket socket = client.connect(I2PAddress.of(server.destination(), 7))) {
        Future<byte[]> sent = threads.submit(() -> World.send(socket.getOutputStream(), SOME, 1));
        client
            .rawDatagrams((protocol, from, to, bytes) -> {}, threads)
            .send(server.destination(), 18, 0, 0, new byte[] {1, 2});
        assertThat(World.receive(socket.getInputStream(), SOME)).isEqualTo(sent.get());
        socket.shutdownOutput();
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
      }
      assertThat(echo.get()).isEqualTo(SOME);
      World.await("the datagram", () -> datagrams.containsKey(18));
      assertThat(datagrams.get(18)).containsExactly(1, 2);
    }
    assertThat(left.closed && right.closed).isTrue();
  }

  @Test
  void looksNamesUpAndBelievesNoWrongAnswer() throws Exception {
    Destination wanted = right.keys.destination();
    left.names.put("right.i2p", wanted);
    left.names.put(wanted.base32(), new Lent().keys.destination());
    try (StreamManager client = left.manager()) {
      assertThat(client.lookup("right.i2p").get(1, TimeUnit.MINUTES)).isEqualTo(wanted);
      for (String nothing : new String[] {"other.i2p", wanted.base32()}) {
        assertThatThrownBy(() -> client.lookup(nothing).get(1, TimeUnit.MINUTES))
            .isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(StreamingException.Unreachable.class);
      }
    }
  }

  @Test
  void endsWithTheApplicationsSession() throws Exception {
    try (StreamManager client = left.manager();
        StreamManager server = right.manager();
        I2PServerSocket listener = listening(server);
        I2PSocket socket = client.connect(I2PAddress.of(server.destination(), 7))) {
      assertThat(listener.isClosed()).isFalse();
      left.receiver.closed("switched off");
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(StreamingException.RouterLost.class);
      World.await("the end", () -> client.state().phase() == SessionState.Phase.FAILED);
      assertThat(client.state().detail()).contains("switched off");
      assertThatThrownBy(() -> client.connect(I2PAddress.of(server.destination(), 7)))
          .isInstanceOf(StreamingException.RouterLost.class)
          .hasMessageContaining("switched off");
    }
  }

  @Test
  void losesPacketsWhileItFailsAndGoesOnAfterwards() throws Exception {
    try (StreamManager client = left.manager();
        StreamManager server = right.manager();
        I2PServerSocket listener = listening(server);
        I2PSocket socket = client.connect(I2PAddress.of(server.destination(), 7));
        I2PSocket accepted = listener.accept()) {
      left.breakage = new IllegalStateException("on purpose");
      socket.getOutputStream().write(42);
      socket.getOutputStream().flush();
      World.await("a retransmission", () -> client.stats().timeoutRetransmissions() > 0);
      left.breakage = null;
      assertThat(accepted.getInputStream().read()).isEqualTo(42);
    }
  }

  @Test
  void saysWhenItCannotBeUsed() {
    left.breakage = new IllegalStateException();
    try (StreamManager client = left.startedManager()) {
      assertThatThrownBy(() -> client.awaitUp(Duration.ofMinutes(1)))
          .hasMessageContaining("the application's session cannot be used: out of order");
    }
  }

  @Test
  void needsItsOwnKeysAndNoRouter() {
    assertRefused(StreamManager.builder().session(left), "keys of its own destination");
    assertRefused(
        StreamManager.builder().session(left).keys(right.keys), "keys of its own destination");
    assertRefused(
        StreamManager.builder()
            .session(left)
            .keys(left.keys)
            .router(new TcpRouterAddress("127.0.0.1", 7654)),
        "not both");
    assertRefused(
        StreamManager.builder()
            .session(left)
            .keys(left.keys)
            .sessionOptions(Map.of("inbound.length", "1")),
        "inbound.length has no effect");
    assertRefused(
        StreamManager.builder().session(left).keys(left.keys).credentials("a", "b"),
        "has no effect");
    StreamManager.builder()
        .session(left)
        .keys(left.keys)
        .sessionOptions(Map.of("i2cp.leaseSetEncType", "0"))
        .build()
        .close();
  }

  private static void assertRefused(StreamManagerBuilder builder, String why) {
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
