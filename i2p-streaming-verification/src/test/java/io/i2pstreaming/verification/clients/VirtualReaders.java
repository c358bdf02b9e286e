package io.i2pstreaming.verification.clients;

import io.i2pstreaming.I2PServerSocket;
import io.i2pstreaming.I2PSocket;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Dials many streams, each by a virtual thread that then reads; when all of them wait, writes to
 * each, the latest first, and awaits its answer. One thread that held its carrier would stop all.
 */
final class VirtualReaders {
  private static final int STREAMS = 1000;
  private static final int PORT = 7;

  private final CountDownLatch reading = new CountDownLatch(STREAMS);
  private final AtomicInteger failures = new AtomicInteger();

  private VirtualReaders() {}

  public static void main(String[] args) throws Exception {
    new VirtualReaders().run();
    System.exit(0);
  }

  private void run() throws Exception {
    // By reflection: public, but newer than our baseline.
    Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
    // A listener's backlog is smaller than the crowd.
    Semaphore dialling = new Semaphore(32);
    try (Pair pair = new Pair();
        I2PServerSocket listener = pair.server.listen(PORT)) {
      for (int i = 0; i < STREAMS; i++) {
        Runnable reader = () -> answer(pair, dialling);
        start.invoke(null, reader);
      }
      List<I2PSocket> accepted = new ArrayList<>();
      for (int i = 0; i < STREAMS; i++) {
        accepted.add(listener.accept());
      }
      if (!reading.await(3, TimeUnit.MINUTES)) {
        throw new IllegalStateException(reading.getCount() + " readers never came to read");
      }
      Collections.reverse(accepted);
      int answered = 0;
      for (int i = 0; i < STREAMS; i++) {
        I2PSocket socket = accepted.get(i);
        socket.setSoTimeout(120_000);
        socket.getOutputStream().write(i);
        socket.getOutputStream().flush();
        answered += socket.getInputStream().read() == (~i & 0xff) ? 1 : 0;
      }
      System.out.println("answered: " + answered + ", failures: " + failures);
    }
  }

  private void answer(Pair pair, Semaphore dialling) {
    try {
      dialling.acquire();
      I2PSocket socket;
      try {
        socket = pair.client.connect(pair.address(PORT));
      } finally {
        dialling.release();
      }
      try (socket) {
        reading.countDown();
        int got = socket.getInputStream().read();
        socket.getOutputStream().write(~got);
      }
    } catch (Exception e) {
      failures.incrementAndGet();
      System.out.println("reader: " + e);
    }
  }
}
