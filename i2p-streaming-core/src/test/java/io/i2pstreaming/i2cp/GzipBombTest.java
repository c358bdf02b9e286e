package io.i2pstreaming.i2cp;

import static io.i2pstreaming.i2cp.ScriptedSession.SESSION;
import static io.i2pstreaming.i2cp.ScriptedSession.sealed;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("B1 gzip bombs")
class GzipBombTest {
  private static final int BOMBS = 1_000;

  /** What it would be; inflated are 65,536 bytes at most, into a buffer that is used again. */
  private static final int BOMB_BYTES = 50_000_000;

  @Test
  void costOneBufferAndEveryMessageBetweenThemArrives() throws Exception {
    ScriptedSession session = ScriptedSession.up();
    byte[] bomb = framed(bomb());
    byte[] message = framed(sealed("a message of the neighbour"));
    assertThat(bomb.length).isLessThan(65_536);
    session.feed(bomb);
    session.feed(message);
    long ignored = session.client.ignoredFrames();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(self);
    int arrived = 0;
    for (int i = 0; i < BOMBS; i++) {
      session.lastPayload = new byte[0];
      session.feed(bomb);
      session.feed(message);
      arrived += session.lastPayload.length > 0 ? 1 : 0;
    }
    long allocated = (threads.getThreadAllocatedBytes(self) - before) / BOMBS;
    assertThat(session.lastPayload)
        .isEqualTo("a message of the neighbour".getBytes(StandardCharsets.US_ASCII));
    assertThat(arrived).isEqualTo(BOMBS);
    assertThat(session.client.ignoredFrames() - ignored).isEqualTo(BOMBS);
    assertThat(session.client.isUp()).isTrue();
    assertThat(allocated).as("bytes for each bomb and message").isLessThan(16_384);
  }

  private static byte[] framed(byte[] envelope) {
    FrameOutput frame =
        ScriptedSession.frame(MessageType.MESSAGE_PAYLOAD)
            .u16(SESSION)
            .u32(1)
            .u32(envelope.length)
            .bytes(envelope);
    frame.finish();
    return Arrays.copyOf(frame.array(), frame.length());
  }

  private static byte[] bomb() {
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(new byte[BOMB_BYTES]);
    deflater.finish();
    byte[] envelope = new byte[65_000];
    envelope[0] = 0x1f;
    envelope[1] = (byte) 0x8b;
    envelope[2] = 8;
    int length = deflater.deflate(envelope, 10, envelope.length - 18);
    boolean whole = deflater.finished();
    deflater.end();
    assertThat(whole).as("50 MB deflate to less than a frame").isTrue();
    return Arrays.copyOf(envelope, 10 + length + 8);
  }
}
