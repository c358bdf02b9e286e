package io.i2pstreaming.verification.interop;

import io.i2pstreaming.embedded.EmulatedNetwork;
import io.i2pstreaming.embedded.NetworkConditions;
import io.i2pstreaming.embedded.NetworkStats;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One direction of one connection through an {@link I2cpRelay}: one thread reads whole frames, and
 * another writes those that had to cross the network when they arrive.
 */
final class RelayedDirection {
  static final long MAX_IN_FLIGHT = 16 << 20;

  private static final int HEADER = 5;
  private static final int MAX_BODY = 1 << 20;

  private final DataInputStream in;
  private final OutputStream out;
  private final Set<Integer> datagrams;
  private final EmulatedNetwork<String> network;
  private final AtomicLongArray frames = new AtomicLongArray(256);
  private final ReentrantLock lock = new ReentrantLock();
  private final ReentrantLock writing = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean ended;

  RelayedDirection(
      DataInputStream in,
      OutputStream out,
      Set<Integer> datagrams,
      EmulatedNetwork<String> network) {
    this.in = in;
    this.out = out;
    this.datagrams = datagrams;
    this.network = network;
  }

  /** Reads frames until the connection ends. */
  void read() throws IOException {
    while (true) {
      int body = in.readInt();
      if (body < 0 || body > MAX_BODY) {
        throw new IOException("a frame of " + body + " bytes");
      }
      byte[] frame = new byte[HEADER + body];
      for (int i = 0; i < 4; i++) {
        frame[i] = (byte) (body >>> (24 - 8 * i));
      }
      in.readFully(frame, 4, 1 + body);
      int type = frame[4] & 0xff;
      frames.incrementAndGet(type);
      if (datagrams.contains(type)) {
        enter(frame);
      } else {
        write(frame);
      }
    }
  }

  /** Writes what arrives until {@link #end}. */
  void deliver() throws IOException, InterruptedException {
    List<byte[]> arrived = awaitArrivals();
    while (!arrived.isEmpty()) {
      for (byte[] frame : arrived) {
        write(frame);
      }
      arrived = awaitArrivals();
    }
  }

  private void enter(byte[] frame) {
    lock.lock();
    try {
      network.send(System.nanoTime(), "in", "out", frame, 0, frame.length, 0);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** At least one frame, or none when this direction has ended. */
  private List<byte[]> awaitArrivals() throws InterruptedException {
    List<byte[]> arrived = new ArrayList<>();
    lock.lock();
    try {
      while (!ended) {
        long now = System.nanoTime();
        if (network.deliver(now, (at, from, to, bytes, tag) -> arrived.add(bytes)) > 0) {
          return arrived;
        }
        if (network.nextDeadline() == EmulatedNetwork.NEVER) {
          changed.await();
        } else {
          changed.awaitNanos(network.nextDeadline() - now);
        }
      }
      return arrived;
    } finally {
      lock.unlock();
    }
  }

  private void write(byte[] frame) throws IOException {
    writing.lock();
    try {
      out.write(frame);
    } finally {
      writing.unlock();
    }
  }

  void conditions(NetworkConditions conditions) {
    lock.lock();
    try {
      network.conditions(System.nanoTime(), conditions);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  NetworkStats stats() {
    lock.lock();
    try {
      return network.stats();
    } finally {
      lock.unlock();
    }
  }

  long frames(int type) {
    return frames.get(type);
  }

  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
