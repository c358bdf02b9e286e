package io.i2pstreaming.verification.clients;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PServerSocket;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.embedded.EmbeddedRouter;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A server and a client manager on an embedded router, with threads for the services. */
final class Pair implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Serves one stream and leaves the closing to its caller. */
  interface Handler {
    void handle(I2PSocket socket) throws Exception;
  }

  final StreamManager server;
  final StreamManager client;
  private final EmbeddedRouter router;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  Pair() throws Exception {
    router = EmbeddedRouter.builder().seed(7).build();
    router.start();
    server = start("server");
    client = start("client");
  }

  private StreamManager start(String name) throws Exception {
    StreamManager manager = StreamManager.builder().name(name).router(router).build();
    manager.start();
    if (!manager.awaitUp(PATIENCE)) {
      throw new IOException("no session: " + manager.state());
    }
    return manager;
  }

  /** The server's name: what a URL holds. */
  String host() {
    return server.destination().base32();
  }

  I2PAddress address(int port) {
    return I2PAddress.of(server.destination(), port);
  }

  <T> Future<T> run(java.util.concurrent.Callable<T> task) {
    return threads.submit(task);
  }

  /** Serves every stream to the port in a thread of its own, until the manager is closed. */
  void serve(int port, Handler handler) throws IOException {
    I2PServerSocket listener = server.listen(port);
    threads.execute(
        () -> {
          while (!listener.isClosed()) {
            try {
              I2PSocket socket = listener.accept();
              threads.execute(() -> serve(socket, handler));
            } catch (IOException e) {
              // The manager is closed, and with it the listener.
            }
          }
        });
  }

  private static void serve(I2PSocket socket, Handler handler) {
    try (socket) {
      handler.handle(socket);
    } catch (Exception e) {
      // Its client sees the stream end, and its test says what is missing.
      System.err.println("service: " + e);
    }
  }

  @Override
  public void close() {
    client.close();
    server.close();
    router.close();
    threads.shutdownNow();
  }
}
