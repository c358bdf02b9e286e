package io.i2pstreaming.endpoint;

/**
 * Packets of one direction by what they are for.
 *
 * @param data numbered packets that neither open nor close a stream
 * @param ack bare acknowledgements
 * @param syn first packets of either side, refusals by a text included
 * @param close numbered packets that end a side
 * @param reset packets that end a stream at once, or refuse it
 * @param ping echo requests and replies
 */
public record PacketCounts(long data, long ack, long syn, long close, long reset, long ping) {
  /** Before anything happened. */
  public static final PacketCounts NONE = new PacketCounts(0, 0, 0, 0, 0, 0);

  /** All of them. */
  public long total() {
    return data + ack + syn + close + reset + ping;
  }
}
