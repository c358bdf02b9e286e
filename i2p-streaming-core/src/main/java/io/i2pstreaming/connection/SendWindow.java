package io.i2pstreaming.connection;

import io.i2pstreaming.wire.PacketView;
import java.util.Arrays;

/**
 * The numbered packets that are sent and not all acknowledged: no packet objects, no payload, and
 * no memory while there are none. Knows which packet is in flight, acknowledged or lost; decides
 * nothing about when to send. Serves {@link SendHalf}.
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
  private Flight flight = Flight.NONE;

  SendWindow() {
    this(0);
  }

  /** A window whose first packet gets the number {@code first}. */
  SendWindow(long first) {
    lowest = first;
    next = first;
  }

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
    return flight.inFlight;
  }

  /** Packets known to be lost that wait to be sent again. */
  int lost() {
    return flight.lost;
  }

  boolean isEmpty() {
    return next == lowest;
  }

  long offset(long sequence) {
    return flight.offset[slot(sequence)];
  }

  int length(long sequence) {
    return flight.length[slot(sequence)];
  }

  /** How often the packet was sent; stays at 127. */
  int sends(long sequence) {
    return flight.sends[slot(sequence)];
  }

  boolean closes(long sequence) {
    return (flight.marks[slot(sequence)] & CLOSE) != 0;
  }

  boolean lostByTimeout(long sequence) {
    return (flight.marks[slot(sequence)] & BY_TIMEOUT) != 0;
  }

  /** Enters a new packet, which leaves now. The caller minds {@link #MAX_SPAN}. */
  void append(long now, long streamOffset, int payloadLength, boolean close) {
    if (flight == Flight.NONE) {
      flight = new Flight(FIRST_CAPACITY);
    } else if (span() == flight.capacity()) {
      flight.grow(lowest, next);
    }
    int slot = slot(next);
    flight.sentAt[slot] = now;
    flight.offset[slot] = streamOffset;
    flight.length[slot] = payloadLength;
    flight.sends[slot] = 1;
    flight.reports[slot] = 0;
    flight.marks[slot] = close ? CLOSE : 0;
    next++;
    flight.judgedFrom[slot] = next;
    flight.inFlight++;
  }

  /** A lost packet leaves again. */
  void resent(long now, long sequence) {
    int slot = slot(sequence);
    byte how = (flight.marks[slot] & BY_TIMEOUT) == 0 ? RESENT_EARLY : RESENT_LATE;
    int before = flight.marks[slot] & ~(LOST | BY_TIMEOUT | RESENT_EARLY | RESENT_LATE);
    flight.marks[slot] = (byte) (before | how);
    flight.lost--;
    flight.inFlight++;
    flight.sentAt[slot] = now;
    flight.judgedFrom[slot] = next;
    flight.reports[slot] = 0;
    if (flight.sends[slot] < Byte.MAX_VALUE) {
      flight.sends[slot]++;
    }
  }

  /** The lowest lost packet, or −1. */
  long lowestLost() {
    if (flight.lost > 0) {
      for (long sequence = lowest; sequence < next; sequence++) {
        if ((flight.marks[slot(sequence)] & LOST) != 0) {
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
      if ((flight.marks[slot] & ACKED) == 0 && !isNacked(sequence)) {
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
      if ((flight.marks[slot] & ACKED) == 0
          && (through >= flight.judgedFrom[slot] || leftBeforeNewestArrived(sequence))) {
        flight.reported = true;
        if (flight.reports[slot] < Byte.MAX_VALUE) {
          flight.reports[slot]++;
        }
      }
    }
  }

  /** What leaves at one moment leaves lowest first. */
  private boolean leftBeforeNewestArrived(long sequence) {
    long leftAt = flight.sentAt[slot(sequence)];
    return leftAt < flight.newestArrivedSentAt
        || (leftAt == flight.newestArrivedSentAt && sequence < flight.newestArrived);
  }

  /** Forgets what the latest acknowledgement brought. */
  void clearAcked() {
    if (flight == Flight.NONE) {
      return;
    }
    flight.ackedPackets = 0;
    flight.ackedBytes = 0;
    flight.sampleNanos = -1;
    flight.needless = 0;
    flight.mended = 0;
    flight.timerWasWrong = false;
    flight.overtaken = false;
    flight.reported = false;
  }

  /** The peer's answer to our first packet acknowledges it, whatever its ack fields say. */
  void acknowledgeFirst(long now) {
    if (lowest == 0 && next > 0 && (flight.marks[slot(0)] & ACKED) == 0) {
      accept(now, 0);
      dropAcked();
    }
  }

  /** Lets go of the memory, and of what the latest acknowledgement brought, if it is empty. */
  void rest() {
    if (isEmpty()) {
      flight = Flight.NONE;
    }
  }

  private void collectNacks(PacketView packet, long through) {
    Arrays.fill(flight.nacked, 0);
    int count = packet.nackCount();
    for (int i = 0; i < count; i++) {
      long missing = packet.nack(i);
      if (missing >= lowest && missing <= through) {
        int bit = (int) (missing - lowest);
        flight.nacked[bit / Long.SIZE] |= 1L << bit;
      }
    }
  }

  private boolean isNacked(long sequence) {
    int bit = (int) (sequence - lowest);
    return (flight.nacked[bit / Long.SIZE] & (1L << bit)) != 0;
  }

  /** What the arrival of a packet says about what was thought of it before. */
  private void judge(long now, long sequence, long minRttNanos) {
    int slot = slot(sequence);
    boolean tooSoon = now - flight.sentAt[slot] < minRttNanos;
    if ((flight.sends[slot] == 1 || !tooSoon)
        && flight.sentAt[slot] >= flight.newestArrivedSentAt) {
      flight.newestArrivedSentAt = flight.sentAt[slot];
      flight.newestArrived = sequence;
    }
    if ((flight.marks[slot] & LOST) != 0) {
      flight.needless += (flight.marks[slot] & BY_TIMEOUT) == 0 ? 1 : 0;
    } else if ((flight.marks[slot] & RESENT_EARLY) != 0) {
      flight.needless += tooSoon ? 1 : 0;
    } else if ((flight.marks[slot] & RESENT_LATE) != 0) {
      flight.timerWasWrong |= tooSoon;
      flight.mended += tooSoon ? 0 : 1;
    } else if (flight.reports[slot] > 0) {
      flight.overtaken = true;
    }
  }

  private void accept(long now, long sequence) {
    int slot = slot(sequence);
    if ((flight.marks[slot] & LOST) != 0) {
      flight.lost--;
    } else {
      flight.inFlight--;
    }
    flight.marks[slot] = (byte) ((flight.marks[slot] | ACKED) & ~(LOST | BY_TIMEOUT));
    flight.ackedPackets++;
    flight.ackedBytes += flight.length[slot];
    // Karn: an ack of a packet that left twice does not say which copy it answers. Higher
    // numbers come later, so the sample is that of the newest packet.
    if (flight.sends[slot] == 1) {
      flight.sampleNanos = now - flight.sentAt[slot];
      flight.sampleSequence = sequence;
    }
  }

  private void dropAcked() {
    while (lowest < next && (flight.marks[slot(lowest)] & ACKED) != 0) {
      lowest++;
    }
  }

  /** Packets that the latest call of acknowledge found newly acknowledged. */
  int ackedPackets() {
    return flight.ackedPackets;
  }

  /** Their payload. */
  int ackedBytes() {
    return flight.ackedBytes;
  }

  /** The round trip that the latest call of acknowledge measured, or −1. */
  long sampleNanos() {
    return flight.sampleNanos;
  }

  /** The number of the packet whose round trip that is. */
  long sampleSequence() {
    return flight.sampleSequence;
  }

  /** Packets of the latest call of acknowledge that had been taken for lost without need. */
  int needless() {
    return flight.needless;
  }

  /** Packets of the latest call of acknowledge that only a timer's copy may have brought. */
  int mended() {
    return flight.mended;
  }

  /** Whether the latest call of acknowledge answers a packet that a timer had sent in vain. */
  boolean timerWasWrong() {
    return flight.timerWasWrong;
  }

  /** Whether the latest call of acknowledge filled a reported hole that was not sent again. */
  boolean overtaken() {
    return flight.overtaken;
  }

  /** Whether the latest call of acknowledge counted a report of a hole. */
  boolean reported() {
    return flight.reported;
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
      if (flight.reports[slot] == 0 || (flight.marks[slot] & (ACKED | LOST)) != 0) {
        continue;
      }
      long lostAt = detector.lostAtNanos(flight.reports[slot], flight.sentAt[slot], rtt);
      if (lostAt <= now) {
        markLost(slot, LOST);
        flight.highestFound = sequence;
      } else {
        askAgainAt = Math.min(askAgainAt, lostAt);
      }
    }
    return askAgainAt;
  }

  /** The highest number that detectLosses has found lost at its latest find. */
  long highestFound() {
    return flight.highestFound;
  }

  /** Marks the lowest packet lost, and with it all that left at or before {@code sentBefore}. */
  void timeOutOlder(long sentBefore) {
    for (long sequence = lowest; sequence < next; sequence++) {
      if (sequence == lowest || flight.sentAt[slot(sequence)] <= sentBefore) {
        timeOut(sequence);
      }
    }
  }

  /** Marks a packet lost, unless it is acknowledged or known to be lost. */
  void timeOut(long sequence) {
    int slot = slot(sequence);
    if (sequence >= lowest && sequence < next && (flight.marks[slot] & (ACKED | LOST)) == 0) {
      markLost(slot, (byte) (LOST | BY_TIMEOUT));
    }
  }

  /** The timer was wrong: what it has marked lost and has not left again is in flight. */
  void restoreTimedOut() {
    for (long sequence = lowest; sequence < next; sequence++) {
      int slot = slot(sequence);
      if ((flight.marks[slot] & BY_TIMEOUT) != 0) {
        flight.marks[slot] &= ~(LOST | BY_TIMEOUT);
        flight.lost--;
        flight.inFlight++;
      }
    }
  }

  private void markLost(int slot, byte how) {
    flight.marks[slot] |= how;
    flight.inFlight--;
    flight.lost++;
  }

  private int slot(long sequence) {
    return (int) sequence & (flight.capacity() - 1);
  }
}
