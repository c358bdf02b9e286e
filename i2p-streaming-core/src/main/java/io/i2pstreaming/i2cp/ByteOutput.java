package io.i2pstreaming.i2cp;

/** Takes the bytes for the router, in order. */
public interface ByteOutput {
  /** The array may be reused when this returns. */
  void write(byte[] bytes, int offset, int length);
}
