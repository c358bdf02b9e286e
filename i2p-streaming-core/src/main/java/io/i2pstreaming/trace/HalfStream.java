package io.i2pstreaming.trace;

/**
 * Where the packets of one direction of a stream begin, in bytes: streaming numbers packets, TCP
 * numbers bytes. Remembers the length of the last {@link #SPAN} packets; what it does not know it
 * estimates, when it is told not to wait for it.
 *
 * <p>SYN and CLOSE count as one byte, as SYN and FIN do in TCP.
 */
final class HalfStream {
  /** Packets whose length is remembered: several times what may be in flight. */
  static final int SPAN = 1024;

  private static final int USUAL_LENGTH = 1730;
  private static final int SHORTEST_USUAL = 512;

  /** Length plus one of the packet at its number modulo SPAN; 0 is unknown. Made when needed. */
  private int[] lengths = new int[0];

  /** The lowest remembered number, −1 before there is one, and its offset. */
  private long floor = -1;

  private long floorOffset;

  /** Above the highest number whose offset is known. */
  private long frontier;

  private int longest;
  private long end;
  private long acknowledged;
  private boolean acknowledges;

  /** The first number that counts, at this offset; only the first call has an effect. */
  void begin(long number, long offset) {
    if (floor < 0) {
      floor = number;
      frontier = number;
      floorOffset = offset;
      end = offset;
    }
  }

  /** The packet with this number takes so many bytes; the first word on it is the last. */
  void learn(long number, int length) {
    if (floor < 0 || number < floor || isFar(number)) {
      return;
    }
    if (lengths.length == 0) {
      lengths = new int[SPAN];
    }
    while (number >= floor + SPAN) {
      forgetLowest();
    }
    longest = Math.max(longest, length);
    if (lengths[index(number)] == 0) {
      lengths[index(number)] = length + 1;
    }
    while (frontier < floor + SPAN && lengths[index(frontier)] != 0) {
      frontier++;
    }
  }

  private void forgetLowest() {
    floorOffset += length(floor);
    lengths[index(floor)] = 0;
    floor++;
    frontier = Math.max(frontier, floor);
  }

  /** Whether waiting cannot improve what {@link #offset} says. */
  boolean knows(long number) {
    return number <= frontier || isFar(number);
  }

  /** No sender that follows the protocol is so far ahead. */
  private boolean isFar(long number) {
    return number > frontier + SPAN;
  }

  /** Settles for estimates: packets below {@code number} that were not seen get a usual length. */
  void settle(long number) {
    if (floor < 0 || isFar(number)) {
      return;
    }
    for (long any = frontier; any < number; any++) {
      learn(any, usual());
    }
  }

  /** The offset of the first byte of the packet with this number. */
  long offset(long number) {
    if (number < floor) {
      return floorOffset - (floor - number) * usual();
    }
    long offset = floorOffset;
    long through = Math.min(number, floor + SPAN);
    for (long n = floor; n < through; n++) {
      offset += length(n);
    }
    return offset + (number - through) * usual();
  }

  private int length(long number) {
    int known = lengths.length == 0 ? 0 : lengths[index(number)];
    return known == 0 ? usual() : known - 1;
  }

  private int usual() {
    return longest < SHORTEST_USUAL ? USUAL_LENGTH : longest;
  }

  private static int index(long number) {
    return (int) (number % SPAN);
  }

  /** The sender was seen to be here: where its packets without a number stand. */
  void reached(long offset) {
    end = Math.max(end, offset);
  }

  /** See {@link #reached}. */
  long end() {
    return end;
  }

  /** This direction's sender acknowledged the other direction's bytes below {@code offset}. */
  void acknowledge(long offset) {
    acknowledged = offset;
    acknowledges = true;
  }

  /** What was acknowledged last. */
  long acknowledged() {
    return acknowledged;
  }

  /** Whether anything was. */
  boolean acknowledges() {
    return acknowledges;
  }
}
