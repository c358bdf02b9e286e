package io.i2pstreaming.verification.fuzz;

import io.i2pstreaming.connection.ByteSink;
import io.i2pstreaming.connection.ByteSource;
import io.i2pstreaming.connection.CloseReason;
import io.i2pstreaming.connection.Connection;
import io.i2pstreaming.connection.ConnectionListener;
import io.i2pstreaming.connection.StreamPorts;
import org.jspecify.annotations.Nullable;

/**
 * One application with its connection. Every byte of a stream follows from its offset, so that each
 * is checked where it arrives, unless somebody forged packets.
 */
final class StreamSide implements ByteSource, ByteSink, ConnectionListener {
  final int party;
  final ChecksumAuth auth;
  @Nullable Connection connection;
  boolean forged;

  long written;
  long flushed;
  boolean finished;
  long received;
  boolean ended;
  boolean abandoned;
  int connected;
  @Nullable CloseReason closed;
  private long released;
  private long read;

  StreamSide(int party) {
    this.party = party;
    this.auth = new ChecksumAuth(party, 1 - party);
  }

  StreamPorts ports() {
    return new StreamPorts(this, this, this);
  }

  void read(long count) {
    read = Math.min(received, read + count);
  }

  private static byte byteAt(int party, long offset) {
    return (byte) (((offset + 1) * 0x9e3779b97f4a7c15L + party) >>> 40);
  }

  private void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError("party " + party + ": " + what);
    }
  }

  @Override
  public long writtenThrough() {
    return written;
  }

  @Override
  public long flushedThrough() {
    return flushed;
  }

  @Override
  public boolean finished() {
    return finished;
  }

  @Override
  public void copy(long offset, byte[] target, int targetOffset, int length) {
    require(offset >= released && offset + length <= written, "copies what is not there");
    for (int i = 0; i < length; i++) {
      target[targetOffset + i] = byteAt(party, offset + i);
    }
  }

  @Override
  public void release(long offset) {
    require(offset >= released && offset <= written, "releases what is not there");
    released = offset;
  }

  @Override
  public void deliver(byte[] bytes, int offset, int length) {
    require(!ended && length > 0, "delivers nothing, or behind the end");
    for (int i = 0; i < length && !forged; i++) {
      if (bytes[offset + i] != byteAt(1 - party, received + i)) {
        throw new AssertionError("party " + party + ": wrong byte at " + (received + i));
      }
    }
    received += length;
  }

  @Override
  public void endOfStream() {
    require(!ended, "ends twice");
    ended = true;
  }

  @Override
  public int unread() {
    return (int) (received - read);
  }

  @Override
  public boolean abandoned() {
    return abandoned;
  }

  @Override
  public void connected() {
    require(++connected == 1 && closed == null, "connects twice, or after its end");
  }

  @Override
  public void closed(CloseReason reason) {
    require(closed == null, "closes twice");
    closed = reason;
  }

  @Override
  public String toString() {
    return closed
        + " written "
        + written
        + " released "
        + released
        + " received "
        + received
        + " "
        + (connection == null ? "" : connection.stats());
  }
}
