package io.i2pstreaming.loop;

/** The clock of a loop; the system's one is the only place in core that asks for nanoseconds. */
@FunctionalInterface
public interface TimeSource {
  /** Monotonic nanoseconds from an arbitrary origin. */
  long nanos();

  /** The system's monotonic clock, counted from the moment of this call. */
  static TimeSource system() {
    long origin = System.nanoTime();
    return () -> System.nanoTime() - origin;
  }
}
