package io.i2pstreaming;

import io.i2pstreaming.connection.CloseReason;
import io.i2pstreaming.facade.StreamEnd;
import io.i2pstreaming.loop.SessionLoop;
import io.i2pstreaming.trace.TraceFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A running trace: a pcapng file that Wireshark shows as TCP conversations, one for each stream,
 * and in which the comment of every packet says what the streaming packet was. It ends when it is
 * closed, when its file is full, or with its stream manager. Thread-safe.
 *
 * <p><b>The file contains what the streams carry</b>, readable by the owner of the file only. Its
 * addresses are invented, and no destination, key or signature is in it, but payload may tell who
 * spoke. TCP ports are I2P ports; where those are 0, numbers made of stream ids.
 *
 * <p>A packet that overtook others is written when those have come, up to 10 seconds later. The
 * disk never delays the streams: packets for which it is too slow are counted in {@link #missing}
 * and noted in the file.
 */
public final class PacketTrace implements Closeable {
  /** How long the file of a trace may become unless something else is said: 256 MiB. */
  public static final long DEFAULT_MAX_BYTES = 256L << 20;

  /** A file that is shorter could not say why it ends. */
  private static final long SHORTEST = 4096;

  /** How long {@link #close} waits for the disk. */
  private static final long CLOSE_NANOS = 30_000_000_000L;

  private final SessionLoop loop;
  private final TraceFile file;

  private PacketTrace(SessionLoop loop, TraceFile file) {
    this.loop = loop;
    this.file = file;
  }

  /** Traces the whole session, or the stream if one is given; replaces the file. */
  static PacketTrace begin(
      SessionLoop loop, String name, @Nullable StreamEnd stream, Path path, long maxBytes)
      throws IOException {
    if (maxBytes < SHORTEST) {
      throw new IllegalArgumentException("a trace needs " + SHORTEST + " bytes, not " + maxBytes);
    }
    Instant instant = Clock.systemUTC().instant();
    long epoch = instant.getEpochSecond() * 1_000_000_000L + instant.getNano() - loop.nanos();
    TraceFile file = TraceFile.open(path, name, epoch, maxBytes);
    if (!(stream == null ? loop.tap(file, null) : stream.tap(file))) {
      file.end();
      throw Failures.exception(CloseReason.MANAGER_CLOSED, "the stream manager takes no trace");
    }
    return new PacketTrace(loop, file);
  }

  /** Packets in the file so far. */
  public long packets() {
    return file.packets();
  }

  /** Packets that are missing in it, because the disk was too slow. */
  public long missing() {
    return file.missing();
  }

  /** Whether it records nothing any more. */
  public boolean isOver() {
    return file.isOver();
  }

  /** Ends it; returns when the file is complete. Harmless when repeated. */
  @Override
  public void close() throws IOException {
    loop.untap(file);
    file.end();
    file.awaitWritten(CLOSE_NANOS);
  }
}
