package io.i2pstreaming.loop;

/** What the application's side of a stream tells the loop; coalesced, so calls cost little. */
public interface StreamSignals {
  /** The source has new bytes, a flush or its end. */
  void written();

  /** The application read from the sink, or abandoned it. */
  void read();
}
