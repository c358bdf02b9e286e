package io.i2pstreaming.test.devtools;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamManagerBuilder;
import io.i2pstreaming.embedded.EmbeddedRouter;
import io.i2pstreaming.link.TcpRouterAddress;
import io.i2pstreaming.spring.I2PListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.devtools.restart.Restarter;
import org.springframework.context.annotation.Bean;

/**
 * Lets devtools restart itself some times, in a JVM of its own, and prints what it finds in each
 * round: what earlier rounds left behind would be there, too.
 */
@SpringBootApplication
public class RestartedApplication {
  static final int ROUNDS = 3;

  /** Two stream managers and a router. */
  static final int PER_ROUND = 3;

  /** Before the figures of a round. */
  static final String ROUND = "ROUND";

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** What only classes of the JVM can remember beyond a restart. */
  private static final String ENGINES = "restarted.engines";

  public static void main(String[] args) {
    SpringApplication.run(RestartedApplication.class, args);
  }

  /** Sends back what it gets, until the peer closes. */
  @I2PListener(port = "7")
  void echo(InputStream in, OutputStream out) throws IOException {
    in.transferTo(out);
  }

  /** Over TCP, so that there is a link with a thread and a socket. */
  @Bean(defaultCandidate = false)
  StreamManager overTcp(StreamManagerBuilder builder, EmbeddedRouter router) {
    return builder.name("tcp").router(new TcpRouterAddress("127.0.0.1", router.port())).build();
  }

  @Bean
  ApplicationRunner round(
      StreamManager serving, @Qualifier("overTcp") StreamManager overTcp, EmbeddedRouter router) {
    return arguments -> {
      try (I2PSocket socket = overTcp.connect(I2PAddress.of(serving.destination(), 7))) {
        socket.getOutputStream().write(42);
        socket.shutdownOutput();
        if (socket.getInputStream().read() != 42) {
          throw new IllegalStateException("no echo");
        }
      }
      List<WeakReference<Object>> engines = engines();
      for (Object engine : new Object[] {serving, overTcp, router}) {
        engines.add(new WeakReference<>(engine));
      }
      int round = engines.size() / PER_ROUND;
      System.out.printf("%s %d port %d threads %s%n", ROUND, round, router.port(), threads());
      // The threads of earlier rounds wait for the end of the main method.
      new Thread(() -> next(engines), "next").start();
    };
  }

  private static void next(List<WeakReference<Object>> engines) {
    if (engines.size() < ROUNDS * PER_ROUND) {
      Restarter.getInstance().restart();
    } else {
      System.out.printf("%s engines %d%n", ROUND, remaining(engines));
      System.exit(0);
    }
  }

  @SuppressWarnings("unchecked") // Nobody else has this key.
  private static List<WeakReference<Object>> engines() {
    return (List<WeakReference<Object>>)
        System.getProperties().computeIfAbsent(ENGINES, key -> new ArrayList<>());
  }

  /** Our threads by name; those of an earlier round get some time to end. */
  private static List<String> threads() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    List<String> names = threadsNow();
    while (Set.copyOf(names).size() < names.size() && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(10_000_000);
      names = threadsNow();
    }
    return names;
  }

  /** Sorted. Those of handlers, dials of a router and of a stop end soon, and do not count. */
  private static List<String> threadsNow() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.matches("(i2p|tcp|embedded|router).*"))
        .filter(name -> !name.matches("i2p-(listener-|stop-|drain).*|.*-connector"))
        .sorted()
        .toList();
  }

  /** How many engines can still be reached; those of the last round are running. */
  private static long remaining(List<WeakReference<Object>> engines) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    long count = engines.size();
    while (count > PER_ROUND && System.nanoTime() - end < 0) {
      System.gc();
      LockSupport.parkNanos(20_000_000);
      count = engines.stream().filter(engine -> engine.get() != null).count();
    }
    return count;
  }
}
