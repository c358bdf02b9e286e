package io.i2pstreaming.embedded;

/** One message inside the network, and the moment of its next event. */
final class MessageInFlight<K> implements Comparable<MessageInFlight<K>> {
  final DirectedLink<K> link;
  final byte[] bytes;
  final long tag;

  /** Position among all messages that ever entered. */
  final long entered;

  /** When it leaves its queue, or arrives. */
  long time;

  /** Position among all events that were ever scheduled: decides between equal times. */
  long order;

  /** Waits for bandwidth: the event is its departure, not its arrival. */
  boolean queued;

  MessageInFlight(DirectedLink<K> link, byte[] bytes, long tag, long entered) {
    this.link = link;
    this.bytes = bytes;
    this.tag = tag;
    this.entered = entered;
  }

  @Override
  public int compareTo(MessageInFlight<K> other) {
    int byTime = Long.compare(time, other.time);
    return byTime != 0 ? byTime : Long.compare(order, other.order);
  }
}
