package io.i2pstreaming.verification.interop;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts and digests what one side writes and reads on one stream; the only place that touches the
 * bytes. One thread may write while another reads.
 */
final class Tally {
  /** How long the end of a stream is waited for: the reference sometimes never shows it. */
  static final Duration END_WAIT = Duration.ofSeconds(10);

  /** How long anything else is waited for, which is sure to come. */
  static final Duration PATIENCE = Duration.ofMinutes(1);

  /** How long a reader stops that wants to see the writer choked. */
  static final Duration PAUSE = Duration.ofSeconds(30);

  private static final int CHUNK = 16 * 1024;

  private final long createdNanos = System.nanoTime();
  private final MessageDigest sentDigest = sha256();
  private final MessageDigest receivedDigest = sha256();
  private volatile long openedNanos = createdNanos;
  private volatile long lastNanos = createdNanos;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong received = new AtomicLong();
  private volatile boolean endSeen;

  /** The handshake is over: figures count from here. */
  void opened() {
    openedNanos = System.nanoTime();
    lastNanos = openedNanos;
  }

  /** Everything that matters has happened. */
  void done() {
    lastNanos = System.nanoTime();
  }

  void write(PeerStream stream, byte[] bytes, int length) throws IOException {
    stream.output().write(bytes, 0, length);
    sentDigest.update(bytes, 0, length);
    sent.addAndGet(length);
  }

  void writePattern(PeerStream stream, long seed, long count) throws IOException {
    PatternBytes pattern = new PatternBytes(seed);
    byte[] chunk = new byte[CHUNK];
    long left = count;
    while (left > 0) {
      int length = (int) Math.min(chunk.length, left);
      pattern.fill(chunk, 0, length);
      write(stream, chunk, length);
      left -= length;
    }
    stream.output().flush();
  }

  /** Reads up to {@code length} bytes; −1 at the end. */
  int read(PeerStream stream, byte[] target, int length) throws IOException {
    int count = stream.input().read(target, 0, length);
    if (count < 0) {
      endSeen = true;
    } else {
      receivedDigest.update(target, 0, count);
      received.addAndGet(count);
      lastNanos = System.nanoTime();
    }
    return count;
  }

  void readFully(PeerStream stream, byte[] target) throws IOException {
    byte[] chunk = new byte[target.length];
    int have = 0;
    while (have < target.length) {
      int count = read(stream, chunk, target.length - have);
      if (count < 0) {
        throw new EOFException("ended after " + received.get() + " bytes");
      }
      System.arraycopy(chunk, 0, target, have, count);
      have += count;
    }
  }

  /** Reads exactly {@code count} bytes and compares each with the pattern. */
  void readPattern(PeerStream stream, long seed, long count) throws IOException {
    PatternBytes pattern = new PatternBytes(seed);
    byte[] chunk = new byte[CHUNK];
    long left = count;
    while (left > 0) {
      int length = read(stream, chunk, (int) Math.min(chunk.length, left));
      if (length < 0) {
        throw new EOFException("ended " + left + " bytes early, after " + received.get());
      }
      int wrong = pattern.mismatch(chunk, 0, length);
      if (wrong >= 0) {
        throw new IOException("wrong byte at " + (received.get() - length + wrong));
      }
      left -= length;
    }
  }

  /** Reads to the end without knowing what comes. */
  void readToEnd(PeerStream stream) throws IOException {
    byte[] chunk = new byte[CHUNK];
    int count;
    do {
      count = read(stream, chunk, chunk.length);
    } while (count >= 0);
  }

  /** Waits a while for the end and notes whether it came; anything else is an error. */
  void awaitEnd(PeerStream stream) throws IOException {
    stream.readTimeout(END_WAIT);
    try {
      if (read(stream, new byte[1], 1) >= 0) {
        throw new IOException("a byte more than expected, at " + (received.get() - 1));
      }
    } catch (SocketTimeoutException missing) {
      endSeen = false;
    }
  }

  /** Does nothing for so long. */
  static void pause(Duration length) throws IOException {
    try {
      // Nothing ever counts down: this waits for the time alone.
      new CountDownLatch(1).await(length.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while it paused");
    }
  }

  byte[] sentSha256SoFar() {
    return soFar(sentDigest);
  }

  byte[] receivedSha256SoFar() {
    return soFar(receivedDigest);
  }

  private static byte[] soFar(MessageDigest digest) {
    try {
      return ((MessageDigest) digest.clone()).digest();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  /** To be asked once, when no thread moves bytes any more. */
  Report report(String failure) {
    return new Report(
        sent.get(),
        HexFormat.of().formatHex(sentDigest.digest()),
        received.get(),
        HexFormat.of().formatHex(receivedDigest.digest()),
        endSeen,
        (openedNanos - createdNanos) / 1_000_000,
        (lastNanos - openedNanos) / 1_000_000,
        failure);
  }

  /** What can be said while a stuck thread may still move bytes: the counts. */
  Report stuck(String failure) {
    return new Report(
        sent.get(),
        "",
        received.get(),
        "",
        endSeen,
        0,
        (lastNanos - openedNanos) / 1_000_000,
        failure);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
