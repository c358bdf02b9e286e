package io.i2pstreaming.connection;

/**
 * What a {@link SendWindow} remembers while packets are unacknowledged, and only then: most streams
 * are idle most of the time. The arrays are parallel, indexed by {@code sequence & mask}.
 */
final class Flight {
  /** Of a window without packets. Nobody writes to it. */
  static final Flight NONE = new Flight(0);

  int inFlight;
  int lost;

  long[] sentAt;
  long[] offset;
  long[] judgedFrom;
  int[] length;
  byte[] sends;
  byte[] reports;
  byte[] marks;
  long[] nacked;

  long newestArrivedSentAt = Long.MIN_VALUE;
  long newestArrived;
  long highestFound = -1;

  // What the latest acknowledgement brought.

  int ackedPackets;
  int ackedBytes;
  long sampleNanos = -1;
  long sampleSequence;
  int needless;
  int mended;
  boolean timerWasWrong;
  boolean overtaken;
  boolean reported;

  /** Room for {@code capacity} packets, a power of two or none at all. */
  Flight(int capacity) {
    sentAt = new long[capacity];
    offset = new long[capacity];
    judgedFrom = new long[capacity];
    length = new int[capacity];
    sends = new byte[capacity];
    reports = new byte[capacity];
    marks = new byte[capacity];
    nacked = new long[(capacity + Long.SIZE - 1) / Long.SIZE];
  }

  int capacity() {
    return marks.length;
  }

  /** Doubles the room for the packets from {@code lowest} on up to {@code next}. */
  void grow(long lowest, long next) {
    Flight larger = new Flight(2 * capacity());
    for (long sequence = lowest; sequence < next; sequence++) {
      int from = (int) sequence & (capacity() - 1);
      int to = (int) sequence & (larger.capacity() - 1);
      larger.sentAt[to] = sentAt[from];
      larger.offset[to] = offset[from];
      larger.judgedFrom[to] = judgedFrom[from];
      larger.length[to] = length[from];
      larger.sends[to] = sends[from];
      larger.reports[to] = reports[from];
      larger.marks[to] = marks[from];
    }
    sentAt = larger.sentAt;
    offset = larger.offset;
    judgedFrom = larger.judgedFrom;
    length = larger.length;
    sends = larger.sends;
    reports = larger.reports;
    marks = larger.marks;
    nacked = larger.nacked;
  }
}
