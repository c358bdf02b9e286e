package io.i2pstreaming.verification.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PServerSocket;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamingException;
import io.i2pstreaming.link.RouterAddress;
import io.i2pstreaming.verification.newcomer.EchoApplication;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Prints what {@code @I2PListener} costs beside the bare core: two echoes of one stream manager,
 * one by a listener method and one by {@code accept()}, served in turns to one client, all in one
 * JVM on the embedded router. Measures and asserts nothing but that every byte came back, so it
 * runs only when it is asked for by name.
 */
@Tag("interop")
@DisplayName("D2 what a listener method costs")
class ListenerOverhead {
  private static final int LISTENER_PORT = 7;
  private static final int CORE_PORT = 8;
  private static final int WARM_UP = 4;
  private static final int ROUNDS = 31;
  private static final int BULK_BYTES = 32 << 20;
  private static final int SHORT_STREAMS = 200;

  private interface Round {
    /** Seconds that it took. */
    double on(StreamManager client, I2PAddress target, ExecutorService threads) throws Exception;
  }

  @Test
  void echoes() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (ConfigurableApplicationContext application =
            new SpringApplication(EchoApplication.class).run("--i2p.router.mode=embedded");
        StreamManager client =
            StreamManager.builder()
                .name("client")
                .router(application.getBean(RouterAddress.class))
                .build()) {
      StreamManager serving = application.getBean(StreamManager.class);
      client.start();
      assertThat(serving.awaitUp(Duration.ofMinutes(1))).isTrue();
      assertThat(client.awaitUp(Duration.ofMinutes(1))).isTrue();
      try (I2PServerSocket listener = serving.listen(CORE_PORT)) {
        Future<?> accepting = threads.submit(() -> acceptAll(listener, threads));
        System.out.println("| echo | core | @I2PListener | overhead, median and quartiles |");
        System.out.println("|---|---|---|---|");
        compare("32 MiB, MB/s", BULK_BYTES / 1e6, ListenerOverhead::bulk, serving, client, threads);
        compare(
            "5 bytes, streams/s",
            SHORT_STREAMS,
            ListenerOverhead::shortStreams,
            serving,
            client,
            threads);
        assertThat(accepting).isNotDone();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** The same as the listener method, by hand. */
  private static void acceptAll(I2PServerSocket listener, ExecutorService threads) {
    try {
      while (true) {
        I2PSocket socket = listener.accept();
        Future<?> unused =
            threads.submit(
                () -> {
                  try (socket) {
                    socket.getInputStream().transferTo(socket.getOutputStream());
                  }
                  return null;
                });
      }
    } catch (StreamingException.Closed closed) {
      // The end.
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Alternately, so that what the machine does meanwhile meets both. */
  private static void compare(
      String what,
      double amount,
      Round round,
      StreamManager serving,
      StreamManager client,
      ExecutorService threads)
      throws Exception {
    double[] core = new double[ROUNDS];
    double[] listener = new double[ROUNDS];
    double[] overhead = new double[ROUNDS];
    I2PAddress coreTarget = I2PAddress.of(serving.destination(), CORE_PORT);
    I2PAddress listenerTarget = I2PAddress.of(serving.destination(), LISTENER_PORT);
    for (int i = -WARM_UP; i < ROUNDS; i++) {
      boolean coreFirst = (i & 1) == 0;
      double first = round.on(client, coreFirst ? coreTarget : listenerTarget, threads);
      double second = round.on(client, coreFirst ? listenerTarget : coreTarget, threads);
      if (i >= 0) {
        core[i] = coreFirst ? first : second;
        listener[i] = coreFirst ? second : first;
        overhead[i] = 100 * (listener[i] / core[i] - 1);
      }
    }
    for (double[] all : List.of(core, listener, overhead)) {
      Arrays.sort(all);
    }
    System.out.printf(
        "| %s | %.1f | %.1f | %.1f %% (%.1f to %.1f) |%n",
        what,
        amount / core[ROUNDS / 2],
        amount / listener[ROUNDS / 2],
        100 * (listener[ROUNDS / 2] / core[ROUNDS / 2] - 1),
        overhead[ROUNDS / 4],
        overhead[ROUNDS - 1 - ROUNDS / 4]);
  }

  private static double bulk(StreamManager client, I2PAddress target, ExecutorService threads)
      throws Exception {
    byte[] block = new byte[64 * 1024];
    long start = System.nanoTime();
    try (I2PSocket socket = client.connect(target)) {
      OutputStream out = socket.getOutputStream();
      Future<?> writing =
          threads.submit(
              () -> {
                for (int sent = 0; sent < BULK_BYTES; sent += block.length) {
                  out.write(block);
                }
                socket.shutdownOutput();
                return null;
              });
      InputStream in = socket.getInputStream();
      byte[] got = new byte[64 * 1024];
      long received = 0;
      for (int count = in.read(got); count >= 0; count = in.read(got)) {
        received += count;
      }
      writing.get();
      assertThat(received).isEqualTo(BULK_BYTES);
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static double shortStreams(
      StreamManager client, I2PAddress target, ExecutorService threads) throws Exception {
    byte[] hello = {'h', 'e', 'l', 'l', 'o'};
    long start = System.nanoTime();
    for (int i = 0; i < SHORT_STREAMS; i++) {
      try (I2PSocket socket = client.connect(target)) {
        socket.getOutputStream().write(hello);
        socket.shutdownOutput();
        assertThat(socket.getInputStream().readAllBytes()).isEqualTo(hello);
      }
    }
    return (System.nanoTime() - start) / 1e9;
  }
}
