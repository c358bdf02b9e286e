package io.i2pstreaming.trace;

import io.i2pstreaming.wire.PacketView;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Writes streaming packets as a pcapng stream of TCP-like conversations, each packet with its own
 * text as a comment. What is written contains the payload.
 *
 * <p>A packet that overtook others on its way has no place in the stream of bytes until those have
 * come: it and everything behind it is held back for a while, then placed by estimate. One thread;
 * knows no clock.
 */
public final class PcapngTrace {
  /** Packets held back at most, their bytes, and how much younger the newest may be. */
  private static final int MAX_HELD = 2048;

  private static final int MAX_HELD_BYTES = 8 << 20;
  private static final long MAX_HELD_NANOS = 10_000_000_000L;

  /** Room kept for the block that ends the file. */
  private static final int EPILOGUE = 1024;

  private final OutputStream out;
  private final long epochNanos;
  private final long maxBytes;
  private final Conversations conversations = new Conversations();
  private final Queue<Held> held = new ArrayDeque<>();
  private final PacketView view = new PacketView();
  private int heldBytes;
  private long newest;
  private long written;
  private long packets;
  private long missing;
  private boolean full;

  private record Held(TracedPacket packet, Conversation conversation) {}

  /**
   * Begins the file.
   *
   * @param epochNanos what is added to the time of every packet to make it nanoseconds since 1970
   * @param maxBytes how long it may become
   */
  public PcapngTrace(OutputStream out, String name, long epochNanos, long maxBytes)
      throws IOException {
    this.out = out;
    this.epochNanos = epochNanos;
    this.maxBytes = maxBytes;
    write(
        PcapngBlocks.section(
            "I2P streaming packets shown as TCP; addresses are invented, payload is real"));
    write(PcapngBlocks.anInterface(name));
  }

  /** Adds a packet; without effect when the file is full. */
  public void add(TracedPacket packet) throws IOException {
    if (full) {
      return;
    }
    missing += packet.missing();
    newest = packet.now();
    view.wrapAgain(packet.bytes(), 0, packet.bytes().length);
    Conversation conversation = conversations.of(packet, view);
    SegmentComposer.learn(conversation, packet.outbound(), view);
    held.add(new Held(packet, conversation));
    heldBytes += packet.bytes().length;
    release(false);
  }

  /** Whether the file takes no more. */
  public boolean isFull() {
    return full;
  }

  /** Bytes written. */
  public long bytes() {
    return written;
  }

  /** Packets written. */
  public long packets() {
    return packets;
  }

  /** Writes what is held back and why it ends; does not close the stream. */
  public void end(long missingAtTheEnd) throws IOException {
    release(true);
    missing += missingAtTheEnd;
    String why = full ? "the trace ends here: its file may have " + maxBytes + " bytes" : "the end";
    write(PcapngBlocks.statistics(epochNanos + newest, packets + missing, missing, why));
    out.flush();
  }

  private void release(boolean all) throws IOException {
    while (!held.isEmpty() && !full) {
      Held head = held.element();
      TracedPacket packet = head.packet;
      view.wrapAgain(packet.bytes(), 0, packet.bytes().length);
      boolean ready = SegmentComposer.isReady(head.conversation, packet.outbound(), view);
      boolean patience =
          held.size() <= MAX_HELD
              && heldBytes <= MAX_HELD_BYTES
              && newest - packet.now() <= MAX_HELD_NANOS;
      if (!ready && patience && !all) {
        return;
      }
      if (!ready) {
        SegmentComposer.settle(head.conversation, packet.outbound(), view);
      }
      held.remove();
      heldBytes -= packet.bytes().length;
      show(head, ready);
    }
  }

  private void show(Held head, boolean ready) throws IOException {
    TracedPacket packet = head.packet;
    StringBuilder comment = new StringBuilder(120);
    if (packet.missing() > 0) {
      comment.append('[').append(packet.missing()).append(" packets are missing before this] ");
    }
    int from = packet.outbound() ? packet.localPort() : packet.remotePort();
    int to = packet.outbound() ? packet.remotePort() : packet.localPort();
    comment.append("ports ").append(from).append('>').append(to).append("  ").append(view);
    if (!ready) {
      comment.append("  [bytes before it were not seen, offsets are estimated]");
    }
    byte[] shown = SegmentComposer.compose(head.conversation, packet.outbound(), view);
    byte[] block =
        PcapngBlocks.packet(
            epochNanos + packet.now(), packet.outbound(), shown, comment.toString());
    if (written + block.length + EPILOGUE > maxBytes) {
      full = true;
      held.clear();
      return;
    }
    write(block);
    packets++;
  }

  private void write(byte[] block) throws IOException {
    out.write(block);
    written += block.length;
  }
}
