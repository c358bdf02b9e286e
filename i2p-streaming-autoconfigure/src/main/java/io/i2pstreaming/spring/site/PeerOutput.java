package io.i2pstreaming.spring.site;

import java.io.IOException;
import java.io.OutputStream;

/** Bytes to the peer, which may let us wait only so long. Used by one thread at a time. */
final class PeerOutput extends OutputStream {
  private final OutputStream out;
  private final PeerPatience patience;

  PeerOutput(OutputStream out, PeerPatience patience) {
    this.out = out;
    this.patience = patience;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    long began = System.nanoTime();
    out.write(bytes, offset, length);
    patience.spent(System.nanoTime() - began, length);
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }
}
