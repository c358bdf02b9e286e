package io.i2pstreaming.connection;

import io.i2pstreaming.wire.PacketView;
import java.util.Arrays;

/**
 * The numbered packets that are sent and not all acknowledged: parallel arrays indexed by {@code
 * sequence & mask}, no packet objects, no payload. Knows which packet is in flight, acknowledged or
 * lost; decides nothing about when to send. Serves {@link SendHalf}.
 */
final class SendWindow {
  /** Most packets between the lowest unacknowledged and the next to send. */
  static final int MAX_SPAN = 128;

  private static final int FIRST_CAPACITY = 8;
  private static final byte ACKED = 1;
  private static final byte LOST = 2;
  private static final byte BY_TIMEOUT = 4;
  private static final byte CLOSE = 8;
  private static final byte RESENT_EARLY = 16;
  private static final byte RESENT_LATE = 32;

  private long lowest;
  private long next;
  private int inFlight;
  private int lost;

  private long[] sentAt = new long[FIRST_CAPACITY];
  private long[] offset = new long[FIRST_CAPACITY];
  private long[] judgedFrom = new long[FIRST_CAPACITY];
  private int[] length = new int[FIRST_CAPACITY];
  private byte[] sends = new byte[FIRST_CAPACITY];
  private byte[] reports = new byte[FIRST_CAPACITY];
  private byte[] marks = new byte[FIRST_CAPACITY];
  private final long[] nacked = new long[MAX_SPAN / Long.SIZE];

  private int ackedPackets;
  private int ackedBytes;
  private long sampleNanos;
  private long sampleSequence;
  private int needless;
  private int mended;
  private boolean timerWasWrong;
  private boolean overtaken;
  private long newestArrivedSentAt = Long.MIN_VALUE;
  private long newestArrived;
  private boolean reported;
  private long highestFound = -1;

  /** The lowest number not acknowledged; {@link #next()} when all are. */
  long lowest() {
    return lowest;
  }

  /** The number that the next new packet gets. */
  long next() {
    return next;
  }

  /** Packets from the lowest unacknowledged to the highest sent, acknowledged ones included. */
  int span() {
    return (int) (next - lowest);
  }

  /** Packets sent, not acknowledged and not known to be lost. */
  int inFlight() {
    return inFlight;
  }

  /** Packets known to be lost that wait to be sent again. */
  int lost() {
    return lost;
  }

  boolean isEmpty() {
    return next == lowest;
  }

  long offset(long sequence) {
    return offset[slot(sequence)];
  }

  int length(long sequence) {
    return length[slot(sequence)];
  }

  /** How often the packet was sent; stays at 127. */
  int sends(long sequence) {
    return sends[slot(sequence)];
  }

  boolean closes(long sequence) {
    return (marks[slot(sequence)] & CLOSE) != 0;
  }

  boolean lostByTimeout(long sequence) {
    return (marks[slot(sequence)] & BY_TIMEOUT) != 0;
  }

  /** Enters a new packet, which leaves now. The caller minds {@link #MAX_SPAN}. */
  void append(long now, long streamOffset, int payloadLength, boolean close) {
    if (span() == sentAt.length) {
      grow();
    }
    int slot = slot(next);
    sentAt[slot] = now;
    offset[slot] = streamOffset;
    length[slot] = payloadLength;
    sends[slot] = 1;
    reports[slot] = 0;
    marks[slot] = close ? CLOSE : 0;
    next++;
    judgedFrom[slot] = next;
    inFlight++;
  }

  /** A lost packet leaves again. */
  void resent(long now, long sequence) {
    int slot = slot(sequence);
    byte how = (marks[slot] & BY_TIMEOUT) == 0 ? RESENT_EARLY : RESENT_LATE;
    int before = marks[slot] & ~(LOST | BY_TIMEOUT | RESENT_EARLY | RESENT_LATE);
    marks[slot] = (byte) (before | how);
    lost--;
    inFlight++;
    sentAt[slot] = now;
    judgedFrom[slot] = next;
    reports[slot] = 0;
    if (sends[slot] < Byte.MAX_VALUE) {
      sends[slot]++;
    }
  }

  /** The lowest lost packet, or −1. */
  long lowestLost() {
    if (lost > 0) {
      for (long sequence = lowest; sequence < next; sequence++) {
        if ((marks[slot(sequence)] & LOST) != 0) {
          return sequence;
        }
      }
    }
    return -1;
  }

  /**
   * Takes in what a packet of the peer acknowledges and reports missing.
   *
   * @param minRttNanos an acknowledgement cannot come sooner than this after a copy left, so it
   *     answers an earlier copy
   * @return false when it acknowledges what was never sent, and is therefore ignored
   */
  boolean acknowledge(long now, PacketView packet, long minRttNanos) {
    clearAcked();
    long through = packet.ackThrough();
    if (through >= next) {
      return false;
    }
    if (through < lowest) {
      return true;
    }
    collectNacks(packet, through);
    for (long sequence = lowest; sequence <= through; sequence++) {
      int slot = slot(sequence);
      if ((marks[slot] & ACKED) == 0 && !isNacked(sequence)) {
        judge(now, sequence, minRttNanos);
        accept(now, sequence);
      }
    }
    if (!isNacked(through)) {
      countReports(through);
    }
    dropAcked();
    return true;
  }

  /**
   * A hole below a packet that arrived counts when that packet, or another that arrived, had left
   * after the latest copy of what is missing.
   */
  private void countReports(long through) {
    for (long sequence = lowest; sequence < through; sequence++) {
      int slot = slot(sequence);
      if ((marks[slot] & ACKED) == 0
          && (through >= judgedFrom[slot] || leftBeforeNewestArrived(sequence))) {
        reported = true;
        if (reports[slot] < Byte.MAX_VALUE) {
          reports[slot]++;
        }
      }
    }
  }

  /** What leaves at one moment leaves lowest first. */
  private boolean leftBeforeNewestArrived(long sequence) {
    long leftAt = sentAt[slot(sequence)];
    return leftAt < newestArrivedSentAt
        || (leftAt == newestArrivedSentAt && sequence < newestArrived);
  }

  /** Forgets what the latest acknowledgement brought. */
  void clearAcked() {
    ackedPackets = 0;
    ackedBytes = 0;
    sampleNanos = -1;
    needless = 0;
    mended = 0;
    timerWasWrong = false;
    overtaken = false;
    reported = false;
  }

  /** The peer's answer to our first packet acknowledges it, whatever its ack fields say. */
  void acknowledgeFirst(long now) {
    if (lowest == 0 && next > 0 && (marks[slot(0)] & ACKED) == 0) {
      accept(now, 0);
      dropAcked();
    }
  }

  private void collectNacks(PacketView packet, long through) {
    Arrays.fill(nacked, 0);
    int count = packet.nackCount();
    for (int i = 0; i < count; i++) {
      long missing = packet.nack(i);
      if (missing >= lowest && missing <= through) {
        int bit = (int) (missing - lowest);
        nacked[bit / Long.SIZE] |= 1L << bit;
      }
    }
  }

  private boolean isNacked(long sequence) {
    int bit = (int) (sequence - lowest);
    return (nacked[bit / Long.SIZE] & (1L << bit)) != 0;
  }

  /** What the arrival of a packet says about what was thought of it before. */
  private void judge(long now, long sequence, long minRttNanos) {
    int slot = slot(sequence);
    boolean tooSoon = now - sentAt[slot] < minRttNanos;
    if ((sends[slot] == 1 || !tooSoon) && sentAt[slot] >= newestArrivedSentAt) {
      newestArrivedSentAt = sentAt[slot];
      newestArrived = sequence;
    }
    if ((marks[slot] & LOST) != 0) {
      needless += (marks[slot] & BY_TIMEOUT) == 0 ? 1 : 0;
    } else if ((marks[slot] & RESENT_EARLY) != 0) {
      needless += tooSoon ? 1 : 0;
    } else if ((marks[slot] & RESENT_LATE) != 0) {
      timerWasWrong |= tooSoon;
      mended += tooSoon ? 0 : 1;
    } else if (reports[slot] > 0) {
      overtaken = true;
    }
  }

  private void accept(long now, long sequence) {
    int slot = slot(sequence);
    if ((marks[slot] & LOST) != 0) {
      lost--;
    } else {
      inFlight--;
    }
    marks[slot] = (byte) ((marks[slot] | ACKED) & ~(LOST | BY_TIMEOUT));
    ackedPackets++;
    ackedBytes += length[slot];
    // Karn: an ack of a packet that left twice does not say which copy it answers. Higher
    // numbers come later, so the sample is that of the newest packet.
    if (sends[slot] == 1) {
      sampleNanos = now - sentAt[slot];
      sampleSequence = sequence;
    }
  }

  private void dropAcked() {
    while (lowest < next && (marks[slot(lowest)] & ACKED) != 0) {
      lowest++;
    }
  }

  /** Packets that the latest call of acknowledge found newly acknowledged. */
  int ackedPackets() {
    return ackedPackets;
  }

  /** Their payload. */
  int ackedBytes() {
    return ackedBytes;
  }

  /** The round trip that the latest call of acknowledge measured, or −1. */
  long sampleNanos() {
    return sampleNanos;
  }

  /** The number of the packet whose round trip that is. */
  long sampleSequence() {
    return sampleSequence;
  }

  /** Packets of the latest call of acknowledge that had been taken for lost without need. */
  int needless() {
    return needless;
  }

  /** Packets of the latest call of acknowledge that only a timer's copy may have brought. */
  int mended() {
    return mended;
  }

  /** Whether the latest call of acknowledge answers a packet that a timer had sent in vain. */
  boolean timerWasWrong() {
    return timerWasWrong;
  }

  /** Whether the latest call of acknowledge filled a reported hole that was not sent again. */
  boolean overtaken() {
    return overtaken;
  }

  /** Whether the latest call of acknowledge counted a report of a hole. */
  boolean reported() {
    return reported;
  }

  /**
   * Marks packets lost by the detector's word.
   *
   * @return when the detector wants to be asked again, or {@link Connection#NEVER}
   */
  long detectLosses(long now, LossDetector detector, RttEstimator rtt) {
    long askAgainAt = Connection.NEVER;
    for (long sequence = lowest; sequence < next; sequence++) {
      int slot = slot(sequence);
      if (reports[slot] == 0 || (marks[slot] & (ACKED | LOST)) != 0) {
        continue;
      }
      long lostAt = detector.lostAtNanos(reports[slot], sentAt[slot], rtt);
      if (lostAt <= now) {
        markLost(slot, LOST);
        highestFound = sequence;
      } else {
        askAgainAt = Math.min(askAgainAt, lostAt);
      }
    }
    return askAgainAt;
  }

  /** The highest number that detectLosses has found lost at its latest find. */
  long highestFound() {
    return highestFound;
  }

  /** Marks the lowest packet lost, and with it all that left at or before {@code sentBefore}. */
  void timeOutOlder(long sentBefore) {
    for (long sequence = lowest; sequence < next; sequence++) {
      if (sequence == lowest || sentAt[slot(sequence)] <= sentBefore) {
        timeOut(sequence);
      }
    }
  }

  /** Marks a packet lost, unless it is acknowledged or known to be lost. */
  void timeOut(long sequence) {
    int slot = slot(sequence);
    if (sequence >= lowest && sequence < next && (marks[slot] & (ACKED | LOST)) == 0) {
      markLost(slot, (byte) (LOST | BY_TIMEOUT));
    }
  }

  /** The timer was wrong: what it has marked lost and has not left again is in flight. */
  void restoreTimedOut() {
    for (long sequence = lowest; sequence < next; sequence++) {
      int slot = slot(sequence);
      if ((marks[slot] & BY_TIMEOUT) != 0) {
        marks[slot] &= ~(LOST | BY_TIMEOUT);
        lost--;
        inFlight++;
      }
    }
  }

  private void markLost(int slot, byte how) {
    marks[slot] |= how;
    inFlight--;
    lost++;
  }

  private int slot(long sequence) {
    return (int) sequence & (sentAt.length - 1);
  }

  private void grow() {
    int old = sentAt.length;
    int mask = 2 * old - 1;
    long[] newSentAt = new long[2 * old];
    long[] newOffset = new long[2 * old];
    long[] newJudgedFrom = new long[2 * old];
    int[] newLength = new int[2 * old];
    byte[] newSends = new byte[2 * old];
    byte[] newReports = new byte[2 * old];
    byte[] newMarks = new byte[2 * old];
    for (long sequence = lowest; sequence < next; sequence++) {
      int from = slot(sequence);
      int to = (int) sequence & mask;
      newSentAt[to] = sentAt[from];
      newOffset[to] = offset[from];
      newJudgedFrom[to] = judgedFrom[from];
      newLength[to] = length[from];
      newSends[to] = sends[from];
      newReports[to] = reports[from];
      newMarks[to] = marks[from];
    }
    sentAt = newSentAt;
    offset = newOffset;
    judgedFrom = newJudgedFrom;
    length = newLength;
    sends = newSends;
    reports = newReports;
    marks = newMarks;
  }
}
