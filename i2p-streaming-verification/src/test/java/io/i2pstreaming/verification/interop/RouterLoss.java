package io.i2pstreaming.verification.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.SessionState;
import io.i2pstreaming.SessionState.Phase;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamManagerListener;
import io.i2pstreaming.StreamingException;
import io.i2pstreaming.link.RouterAddress;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A router dies in the middle of transfers and comes back, whatever the router. */
@Tag("interop")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RouterLoss {
  private static final Duration DEADLINE = Duration.ofMinutes(3);
  private static final int ENDLESS = 1 << 30;
  private static final int WARM_UP = 1 << 20;

  private OurPeer server;
  private OurPeer client;

  /** Starts the router and says where it is reached. */
  abstract RouterAddress startRouter() throws Exception;

  /** What sessions need with this router. */
  List<String> sessionOptions() {
    return List.of();
  }

  abstract void killRouter() throws Exception;

  abstract void restartRouter() throws Exception;

  abstract void stopRouter();

  @BeforeAll
  void start() throws Exception {
    RouterAddress router = startRouter();
    server = OurPeer.begin(router, sessionOptions());
    client = OurPeer.begin(router, sessionOptions());
    server.awaitUp();
    client.awaitUp();
    server.serve(7, Service.ECHO);
    server.serve(9, Service.SINK);
    server.serve(19, Service.SOURCE);
    client.awaitPong(server);
  }

  @AfterAll
  void stop() {
    if (client != null) {
      client.close();
    }
    if (server != null) {
      server.close();
    }
    stopRouter();
  }

  @Test
  @DisplayName("B3 streams fail saying why, the session comes back with the same destination")
  void survivesTheLossOfItsRouter() throws Exception {
    String clientDestination = client.destination();
    String serverDestination = server.destination();
    BlockingQueue<SessionState> clientStates = observe(client.manager());
    BlockingQueue<SessionState> serverStates = observe(server.manager());

    try (I2PSocket down = open(19);
        I2PSocket up = open(9)) {
      ByteBuffer order = ByteBuffer.allocate(16).putLong(ENDLESS).putLong(1);
      down.getOutputStream().write(order.array());
      down.getOutputStream().flush();
      new DataInputStream(down.getInputStream()).readFully(new byte[WARM_UP]);
      up.getOutputStream().write(new byte[WARM_UP]);

      killRouter();

      assertThat(catchThrowable(() -> readUntilItFails(down)))
          .isInstanceOf(StreamingException.RouterLost.class)
          .hasMessageContaining("router");
      assertThat(catchThrowable(() -> writeUntilItFails(up)))
          .isInstanceOf(StreamingException.RouterLost.class);
    }
    assertThat(server.served(19, DEADLINE).failure()).startsWith("RouterLost:");
    assertThat(server.served(9, DEADLINE).failure()).startsWith("RouterLost:");
    awaitPhase(clientStates, Phase.DOWN);
    awaitPhase(serverStates, Phase.DOWN);

    restartRouter();

    awaitPhase(clientStates, Phase.UP);
    awaitPhase(serverStates, Phase.UP);
    assertThat(client.manager().state().phase()).isEqualTo(Phase.UP);
    assertThat(client.manager().state().reconnects()).isPositive();
    assertThat(client.destination()).isEqualTo(clientDestination);
    assertThat(server.destination()).isEqualTo(serverDestination);
    client.awaitPong(server);
    Report echo = client.dial(Exchange.ECHO, serverDestination, 7, WARM_UP, 2, DEADLINE);
    assertThat(echo.failure()).isEmpty();
    assertThat(echo.receivedSha256()).isEqualTo(echo.sentSha256());
  }

  private I2PSocket open(int port) throws IOException {
    return client.manager().connect(I2PAddress.parse(server.destination(), port));
  }

  private static BlockingQueue<SessionState> observe(StreamManager manager) {
    BlockingQueue<SessionState> states = new LinkedBlockingQueue<>();
    manager.addListener(
        new StreamManagerListener() {
          @Override
          public void sessionChanged(SessionState state) {
            states.add(state);
          }
        });
    return states;
  }

  private static void awaitPhase(BlockingQueue<SessionState> states, Phase phase)
      throws InterruptedException {
    long endNanos = System.nanoTime() + DEADLINE.toNanos();
    while (true) {
      SessionState state = states.poll(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
      assertThat(state).as("the change to " + phase).isNotNull();
      if (state.phase() == phase) {
        return;
      }
    }
  }

  private static void readUntilItFails(I2PSocket socket) throws IOException {
    socket.setSoTimeout((int) DEADLINE.toMillis());
    byte[] chunk = new byte[16 * 1024];
    int count;
    do {
      count = socket.getInputStream().read(chunk);
    } while (count >= 0);
  }

  private static void writeUntilItFails(I2PSocket socket) throws IOException {
    socket.setWriteTimeout(DEADLINE);
    for (int i = 0; i < ENDLESS; i += 16 * 1024) {
      socket.getOutputStream().write(new byte[16 * 1024]);
    }
  }
}
