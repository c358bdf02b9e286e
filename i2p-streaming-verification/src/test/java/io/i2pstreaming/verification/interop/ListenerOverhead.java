package io.i2pstreaming.verification.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
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
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
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
  private static final int WARM_UP = 10;
  private static final int ROUNDS = 61;
  private static final int BULK_BYTES = 32 << 20;
  private static final int SHORT_STREAMS = 100;

  private interface Round {
    void on(StreamManager client, I2PAddress target, ExecutorService threads) throws Exception;
  }

  /** What one round took: time, and computing time of the whole JVM. */
  private record Cost(double seconds, double cpuSeconds) {
    static Cost of(Round round, StreamManager client, I2PAddress target, ExecutorService threads)
        throws Exception {
      long start = System.nanoTime();
      long cpuStart = JVM.getProcessCpuTime();
      round.on(client, target, threads);
      long cpu = JVM.getProcessCpuTime() - cpuStart;
      return new Cost((System.nanoTime() - start) / 1e9, cpu / 1e9);
    }
  }

  private static final OperatingSystemMXBean JVM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  @Test
  void echoes() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (ConfigurableApplicationContext application =
            new SpringApplicationBuilder(EchoApplication.class)
                .web(WebApplicationType.NONE)
                .run("--i2p.router.mode=embedded");
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
        Future<?> accepting = threads.submit(() -> acceptAll(listener));
        System.out.println("| echo | core | @I2PListener | more time | more computing time |");
        System.out.println("|---|---|---|---|---|");
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

  /** The same as the listener method by hand: a thread for each stream there, too. */
  private static void acceptAll(I2PServerSocket listener) {
    try {
      while (true) {
        I2PSocket socket = listener.accept();
        new Thread(() -> echo(socket), "core-echo").start();
      }
    } catch (StreamingException.Closed closed) {
      // The end.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void echo(I2PSocket socket) {
    try (socket) {
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
    List<Cost> core = new ArrayList<>();
    List<Cost> listener = new ArrayList<>();
    I2PAddress coreTarget = I2PAddress.of(serving.destination(), CORE_PORT);
    I2PAddress listenerTarget = I2PAddress.of(serving.destination(), LISTENER_PORT);
    for (int i = -WARM_UP; i < ROUNDS; i++) {
      boolean coreFirst = (i & 1) == 0;
      Cost first = Cost.of(round, client, coreFirst ? coreTarget : listenerTarget, threads);
      Cost second = Cost.of(round, client, coreFirst ? listenerTarget : coreTarget, threads);
      if (i >= 0) {
        core.add(coreFirst ? first : second);
        listener.add(coreFirst ? second : first);
      }
    }
    System.out.printf(
        "| %s | %.1f | %.1f | %+.1f %% | %+.1f %% |%n",
        what,
        amount / median(core, Cost::seconds),
        amount / median(listener, Cost::seconds),
        overhead(core, listener, Cost::seconds),
        overhead(core, listener, Cost::cpuSeconds));
  }

  private static double median(List<Cost> costs, ToDoubleFunction<Cost> what) {
    return costs.stream().mapToDouble(what).sorted().toArray()[costs.size() / 2];
  }

  /**
   * In percent; the median of pairs, each of which the same machine has seen in the same moment.
   */
  private static double overhead(
      List<Cost> core, List<Cost> listener, ToDoubleFunction<Cost> what) {
    double[] ratios =
        IntStream.range(0, core.size())
            .mapToDouble(i -> what.applyAsDouble(listener.get(i)) / what.applyAsDouble(core.get(i)))
            .sorted()
            .toArray();
    return 100 * (ratios[ratios.length / 2] - 1);
  }

  private static void bulk(StreamManager client, I2PAddress target, ExecutorService threads)
      throws Exception {
    byte[] block = new byte[64 * 1024];
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
  }

  private static void shortStreams(StreamManager client, I2PAddress target, ExecutorService threads)
      throws Exception {
    byte[] hello = {'h', 'e', 'l', 'l', 'o'};
    for (int i = 0; i < SHORT_STREAMS; i++) {
      try (I2PSocket socket = client.connect(target)) {
        socket.getOutputStream().write(hello);
        socket.shutdownOutput();
        assertThat(socket.getInputStream().readAllBytes()).isEqualTo(hello);
      }
    }
  }
}
