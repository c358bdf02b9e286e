package io.i2pstreaming.endpoint;

import io.i2pstreaming.buffer.ByteRing;
import io.i2pstreaming.connection.ByteSink;
import io.i2pstreaming.connection.ByteSource;
import io.i2pstreaming.connection.CloseReason;
import io.i2pstreaming.connection.Connection;
import io.i2pstreaming.connection.ConnectionListener;
import io.i2pstreaming.connection.StreamPorts;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** One end of a stream that reads at once. */
final class App implements ByteSource, ByteSink, ConnectionListener {
  private final ByteRing out = new ByteRing(1 << 20);
  private final ByteArrayOutputStream in = new ByteArrayOutputStream();
  private boolean finished;
  Connection connection;
  boolean connected;
  boolean sawEnd;
  CloseReason closed;

  StreamPorts ports() {
    return new StreamPorts(this, this, this);
  }

  void write(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    out.append(bytes, 0, bytes.length);
  }

  void finish() {
    finished = true;
  }

  String read() {
    return in.toString(StandardCharsets.US_ASCII);
  }

  @Override
  public long writtenThrough() {
    return out.end();
  }

  @Override
  public long flushedThrough() {
    return out.end();
  }

  @Override
  public boolean finished() {
    return finished;
  }

  @Override
  public void copy(long offset, byte[] target, int targetOffset, int length) {
    out.copy(offset, target, targetOffset, length);
  }

  @Override
  public void release(long offset) {
    out.release(offset);
  }

  @Override
  public void deliver(byte[] bytes, int offset, int length) {
    in.write(bytes, offset, length);
  }

  @Override
  public void endOfStream() {
    sawEnd = true;
  }

  @Override
  public int unread() {
    return 0;
  }

  @Override
  public boolean abandoned() {
    return false;
  }

  @Override
  public void connected() {
    connected = true;
  }

  @Override
  public void closed(CloseReason reason) {
    closed = reason;
  }
}
