package io.i2pstreaming.connection;

import java.util.ArrayList;
import java.util.List;

/**
 * One application with its connection: what it wrote, what it read, what it was told. The bytes of
 * a stream follow from their offset, so every byte that arrives is checked where it arrives.
 */
final class Side implements ByteSource, ByteSink, ConnectionListener {
  private final int party;
  private final int peer;
  Connection connection;
  FakeAuth auth;

  long written;
  long flushed;
  boolean finished;
  long released;
  long received;
  long read;
  boolean abandoned;
  boolean ended;
  boolean autoRead = true;
  int connected;
  CloseReason closed;
  int writable;
  final List<Long> samples = new ArrayList<>();

  Side(int party, int peer) {
    this.party = party;
    this.peer = peer;
    auth = new FakeAuth(party, peer);
  }

  static byte byteAt(int party, long offset) {
    long mixed = (offset + 1) * 0x9e3779b97f4a7c15L + party;
    return (byte) (mixed >>> 40);
  }

  StreamPorts ports() {
    return new StreamPorts(this, this, this);
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
    if (offset < released || offset + length > written) {
      throw new AssertionError(
          "copies " + offset + "+" + length + " of " + released + ".." + written);
    }
    for (int i = 0; i < length; i++) {
      target[targetOffset + i] = byteAt(party, offset + i);
    }
  }

  @Override
  public void release(long offset) {
    if (offset < released || offset > written) {
      throw new AssertionError("releases " + offset + " of " + released + ".." + written);
    }
    released = offset;
  }

  @Override
  public void deliver(byte[] bytes, int offset, int length) {
    if (ended || length == 0) {
      throw new AssertionError("delivers " + length + " bytes, ended " + ended);
    }
    for (int i = 0; i < length; i++) {
      if (bytes[offset + i] != byteAt(peer, received + i)) {
        throw new AssertionError("wrong byte at offset " + (received + i));
      }
    }
    received += length;
  }

  @Override
  public void endOfStream() {
    if (ended) {
      throw new AssertionError("ends twice");
    }
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
    connected++;
  }

  @Override
  public void writable() {
    writable++;
  }

  @Override
  public void rttSample(long nanos, long rtoNanos, int windowPackets) {
    samples.add(nanos);
  }

  @Override
  public void closed(CloseReason reason) {
    if (closed != null) {
      throw new AssertionError("closed twice: " + closed + ", " + reason);
    }
    closed = reason;
  }
}
