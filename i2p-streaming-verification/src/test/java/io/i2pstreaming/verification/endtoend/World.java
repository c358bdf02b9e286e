package io.i2pstreaming.verification.endtoend;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PServerSocket;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamManagerListener;
import io.i2pstreaming.StreamingException;
import io.i2pstreaming.embedded.EmbeddedRouter;
import io.i2pstreaming.embedded.NetworkConditions;
import io.i2pstreaming.link.RouterAddress;
import io.i2pstreaming.link.TcpRouterAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/** A router and two managers on it, with threads for both ends; everything ends with close. */
final class World implements AutoCloseable {
  static final int PORT = 7;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  final EmbeddedRouter router;
  final StreamManager server;
  final StreamManager client;
  final I2PServerSocket listener;
  final ConcurrentLinkedQueue<Long> rttSamples = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<StreamManager> managers = new ArrayList<>();

  /** Two managers that are up, in-process or over the router's TCP port. */
  World(NetworkConditions conditions, boolean tcp) throws Exception {
    EmbeddedRouter.Builder builder = EmbeddedRouter.builder().conditions(conditions).seed(42);
    router = (tcp ? builder.port(0) : builder).build();
    router.start();
    RouterAddress address = tcp ? new TcpRouterAddress("127.0.0.1", router.port()) : router;
    server = manager("server", address);
    client = manager("client", address);
    listener = server.listen(PORT);
    client.addListener(
        new StreamManagerListener() {
          @Override
          public void rttSample(long nanos) {
            rttSamples.add(nanos);
          }
        });
    for (StreamManager manager : managers) {
      manager.start();
    }
    for (StreamManager manager : managers) {
      if (!manager.awaitUp(PATIENCE)) {
        throw new IllegalStateException("no session: " + manager.state());
      }
    }
    awaitLeaseSet();
  }

  /** No router acknowledges a lease set; a pong says that the server's has arrived. */
  private void awaitLeaseSet() throws IOException {
    for (int attempt = 0; ; attempt++) {
      try {
        client.ping(target(), Duration.ofSeconds(5));
        return;
      } catch (StreamingException.ConnectTimeout e) {
        if (attempt == 20) {
          throw e;
        }
      }
    }
  }

  private StreamManager manager(String name, RouterAddress address) {
    StreamManager manager = StreamManager.builder().name(name).router(address).build();
    managers.add(manager);
    return manager;
  }

  I2PSocket connect() throws IOException {
    return client.connect(target());
  }

  I2PAddress target() {
    return I2PAddress.of(server.destination(), PORT);
  }

  <T> Future<T> run(java.util.concurrent.Callable<T> task) {
    return threads.submit(task);
  }

  /** Serves every stream by sending back what it sends, then closing. */
  void echo() {
    serve(
        socket -> {
          try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
          }
        });
  }

  /** Serves every stream in a thread of its own, until the listener is closed. */
  void serve(Handler handler) {
    Future<?> unused =
        threads.submit(
            () -> {
              while (true) {
                I2PSocket socket = listener.accept();
                Future<?> served =
                    threads.submit(
                        () -> {
                          handler.handle(socket);
                          return null;
                        });
                if (served.isCancelled()) {
                  return null;
                }
              }
            });
  }

  interface Handler {
    void handle(I2PSocket socket) throws Exception;
  }

  /** Writes {@code count} bytes that {@code seed} decides; returns their SHA-256. */
  static byte[] send(OutputStream out, long count, long seed) throws IOException {
    DigestOutputStream digest = new DigestOutputStream(out, sha256());
    Random random = new Random(seed);
    byte[] block = new byte[8192];
    for (long left = count; left > 0; left -= block.length) {
      random.nextBytes(block);
      digest.write(block, 0, (int) Math.min(block.length, left));
    }
    digest.flush();
    return digest.getMessageDigest().digest();
  }

  /** Reads {@code count} bytes; returns their SHA-256. */
  static byte[] receive(InputStream in, long count) throws IOException {
    DigestInputStream digest = new DigestInputStream(in, sha256());
    byte[] block = new byte[16_384];
    for (long left = count; left > 0; ) {
      int got = digest.read(block, 0, (int) Math.min(block.length, left));
      if (got < 0) {
        throw new IOException("the stream ended " + left + " bytes too early");
      }
      left -= got;
    }
    return digest.getMessageDigest().digest();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits until something is so. */
  static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + PATIENCE + ": " + what);
      }
      java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
    }
  }

  @Override
  public void close() {
    managers.forEach(StreamManager::close);
    threads.shutdownNow();
    router.close();
  }
}
