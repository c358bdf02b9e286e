package io.i2pstreaming.trace;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The blocks of a pcapng file (draft-ietf-opsawg-pcapng): one section, one interface of raw IP
 * packets with nanosecond timestamps. Composes them; writes nowhere.
 */
final class PcapngBlocks {
  private static final int SECTION_HEADER = 0x0a0d0d0a;
  private static final int INTERFACE_DESCRIPTION = 1;
  private static final int INTERFACE_STATISTICS = 5;
  private static final int ENHANCED_PACKET = 6;
  private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
  private static final int LINKTYPE_RAW = 101;

  private static final int OPT_COMMENT = 1;
  private static final int SHB_USERAPPL = 4;
  private static final int IF_NAME = 2;
  private static final int IF_TSRESOL = 9;
  private static final int EPB_FLAGS = 2;
  private static final int ISB_IFRECV = 4;
  private static final int ISB_IFDROP = 5;

  private PcapngBlocks() {}

  /** Begins the file. */
  static byte[] section(String comment) {
    ByteBuffer fixed = ByteBuffer.allocate(16).putInt(BYTE_ORDER_MAGIC);
    fixed.putShort((short) 1).putShort((short) 0).putLong(-1);
    Options options = new Options();
    options.text(OPT_COMMENT, comment).text(SHB_USERAPPL, "i2p-streaming");
    return block(SECTION_HEADER, fixed.array(), options);
  }

  static byte[] anInterface(String name) {
    ByteBuffer fixed = ByteBuffer.allocate(8).putShort((short) LINKTYPE_RAW);
    byte nanoseconds = 9;
    Options options = new Options();
    options.text(IF_NAME, name).bytes(IF_TSRESOL, new byte[] {nanoseconds});
    return block(INTERFACE_DESCRIPTION, fixed.array(), options);
  }

  static byte[] packet(long epochNanos, boolean outbound, byte[] packet, String comment) {
    ByteBuffer fixed = ByteBuffer.allocate(20 + padded(packet.length)).putInt(0);
    fixed.putLong(epochNanos).putInt(packet.length).putInt(packet.length).put(packet);
    Options options = new Options();
    options.bytes(EPB_FLAGS, ByteBuffer.allocate(4).putInt(outbound ? 2 : 1).array());
    options.text(OPT_COMMENT, comment);
    return block(ENHANCED_PACKET, fixed.array(), options);
  }

  /** What became of the packets; ends the file. */
  static byte[] statistics(long epochNanos, long seen, long dropped, String comment) {
    ByteBuffer fixed = ByteBuffer.allocate(12).putInt(0).putLong(epochNanos);
    Options options = new Options();
    options.bytes(ISB_IFRECV, ByteBuffer.allocate(8).putLong(seen).array());
    options.bytes(ISB_IFDROP, ByteBuffer.allocate(8).putLong(dropped).array());
    options.text(OPT_COMMENT, comment);
    return block(INTERFACE_STATISTICS, fixed.array(), options);
  }

  private static byte[] block(int type, byte[] fixed, Options options) {
    byte[] tail = options.end();
    int length = 12 + fixed.length + tail.length;
    ByteBuffer block = ByteBuffer.allocate(length).putInt(type).putInt(length);
    return block.put(fixed).put(tail).putInt(length).array();
  }

  private static int padded(int length) {
    return (length + 3) & ~3;
  }

  /** Code, length, value padded to 32 bits. */
  private static final class Options {
    private static final int LONGEST = 0xffff;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Options text(int code, String text) {
      return bytes(code, text.getBytes(StandardCharsets.UTF_8));
    }

    Options bytes(int code, byte[] value) {
      int length = Math.min(value.length, LONGEST);
      ByteBuffer option = ByteBuffer.allocate(4 + padded(length));
      option.putShort((short) code).putShort((short) length).put(value, 0, length);
      bytes.writeBytes(option.array());
      return this;
    }

    byte[] end() {
      bytes.writeBytes(new byte[4]);
      return bytes.toByteArray();
    }
  }
}
