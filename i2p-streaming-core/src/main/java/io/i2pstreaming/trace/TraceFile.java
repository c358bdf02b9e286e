package io.i2pstreaming.trace;

import io.i2pstreaming.endpoint.PacketTap;
import io.i2pstreaming.wire.PacketView;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pcapng file with a thread of its own, so that a slow disk never stops the loop: what the thread
 * has not written yet waits in a bounded queue, and what does not fit there is counted as missing.
 * The file can be read by its owner only, where the file system knows owners.
 */
public final class TraceFile implements PacketTap {
  private static final int MAX_QUEUED = 4096;
  private static final long MAX_QUEUED_BYTES = 16L << 20;

  /** How long a quiet session may keep packets in memory before the disk gets them. */
  private static final long FLUSH_MILLIS = 500;

  /** How long the loop, when it ends, waits for the disk. */
  private static final long ENDED_NANOS = 2_000_000_000L;

  private static final Logger log = LoggerFactory.getLogger(TraceFile.class);

  private final Path path;
  private final OutputStream out;
  private final PcapngTrace trace;
  private final BlockingQueue<TracedPacket> queue = new ArrayBlockingQueue<>(MAX_QUEUED);
  private final AtomicLong queuedBytes = new AtomicLong();
  private final AtomicLong missing = new AtomicLong();
  private final CompletableFuture<@Nullable Void> written = new CompletableFuture<>();
  private volatile boolean ending;
  private volatile long packets;

  /** Those that the next packet is to tell of. Loop thread, and the writer at the end. */
  private final AtomicLong untold = new AtomicLong();

  private TraceFile(Path path, OutputStream out, PcapngTrace trace) {
    this.path = path;
    this.out = out;
    this.trace = trace;
  }

  /**
   * Begins a file, in place of one that is there already.
   *
   * @param epochNanos nanoseconds from 1970 to the origin of the loop's time
   */
  public static TraceFile open(Path path, String name, long epochNanos, long maxBytes)
      throws IOException {
    if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      Files.delete(path);
    }
    // A new one always, so that nobody holds it open with more rights than it will have.
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    OutputStream out =
        new BufferedOutputStream(
            Channels.newOutputStream(Files.newByteChannel(path, options, ownerOnly())), 1 << 16);
    try {
      TraceFile file = new TraceFile(path, out, new PcapngTrace(out, name, epochNanos, maxBytes));
      Thread thread = new Thread(file::run, name + "-trace");
      thread.setDaemon(true);
      thread.start();
      return file;
    } catch (IOException | RuntimeException e) {
      out.close();
      throw e;
    }
  }

  private static FileAttribute<?>[] ownerOnly() {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
    };
  }

  @Override
  public void packet(long now, boolean outbound, int localPort, int remotePort, PacketView packet) {
    if (ending) {
      return;
    }
    int length = packet.length();
    if (queuedBytes.get() + length <= MAX_QUEUED_BYTES) {
      long before = untold.get();
      TracedPacket copy =
          TracedPacket.copy(now, 0, outbound, localPort, remotePort, packet, before);
      queuedBytes.addAndGet(length);
      if (queue.offer(copy)) {
        untold.addAndGet(-before);
        return;
      }
      queuedBytes.addAndGet(-length);
    }
    untold.incrementAndGet();
    missing.incrementAndGet();
  }

  @Override
  public void ended() {
    end();
    try {
      awaitWritten(ENDED_NANOS);
    } catch (IOException e) {
      log.debug("The end of a trace was not written", e);
    }
  }

  /** Takes no more packets; what it has is written in the background. */
  public void end() {
    ending = true;
    // When there is no room, the thread has enough to do, and looks at the field after that.
    boolean unused = queue.offer(TracedPacket.NONE);
  }

  /** After {@link #end}: waits for the disk; an exception says why not everything is written. */
  public void awaitWritten(long nanos) throws IOException {
    try {
      written.get(nanos, TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new IOException("the trace could not be written", e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("the trace is not written yet, the disk is slow", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted before the trace was written", e);
    }
  }

  /** Whether it takes no more packets: it was ended, is full, or cannot be written. */
  public boolean isOver() {
    return ending;
  }

  /** Packets in the file so far. */
  public long packets() {
    return packets;
  }

  /** Packets that are not, because the disk was too slow. */
  public long missing() {
    return missing.get();
  }

  private void run() {
    try (OutputStream file = out) {
      writeAll();
      trace.end(untold.get());
      packets = trace.packets();
      file.flush();
      written.complete(null);
    } catch (IOException | RuntimeException e) {
      log.warn("The trace {} ends, it cannot be written: {}", path.getFileName(), e.toString());
      ending = true;
      written.completeExceptionally(e);
    }
  }

  private void writeAll() throws IOException {
    while (true) {
      TracedPacket next = next();
      if (next == null || next.bytes().length == 0) {
        if (ending && queue.isEmpty()) {
          return;
        }
        out.flush();
        continue;
      }
      queuedBytes.addAndGet(-next.bytes().length);
      trace.add(next);
      packets = trace.packets();
      if (trace.isFull()) {
        ending = true;
        log.info("The trace {} ends, it has reached its size", path.getFileName());
        return;
      }
    }
  }

  private @Nullable TracedPacket next() {
    if (ending) {
      return queue.poll();
    }
    try {
      return queue.poll(FLUSH_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // Nobody interrupts this thread to any end.
      return null;
    }
  }
}
