package io.i2pstreaming.verification.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.i2pstreaming.i2cp.GzipPayload;
import io.i2pstreaming.i2cp.MalformedFrameException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Any bytes as a gzip envelope, and any data in one; the JDK's own gzip is the oracle. */
final class GzipFuzz {
  private static final int HEADER = 10;
  private static final int TRAILER = 8;
  private static final int FLAGS = 3;
  private static final int HEADER_CRC = 2;

  /** One for all inputs, as a session has one for all payloads. */
  private final GzipPayload gzip = new GzipPayload();

  @FuzzTest
  void open(byte[] envelope) {
    byte[] ours = opened(envelope);
    Oracle oracle = Oracle.of(envelope);
    if (ours != null) {
      assertThat(ours.length).isLessThanOrEqualTo(GzipPayload.MAX_PLAIN);
      // The JDK checks the header's checksum, which I2P's own receivers do not.
      if (oracle != null || (envelope[FLAGS] & HEADER_CRC) == 0) {
        assertThat(oracle).as("the JDK refuses what we accept").isNotNull();
        assertThat(ours).isEqualTo(oracle.plain);
      }
    } else if (oracle != null && oracle.isOneWholeMember(envelope)) {
      assertThat(oracle.plain.length)
          .as("we refuse what the JDK accepts")
          .isGreaterThan(GzipPayload.MAX_PLAIN);
    }
  }

  @FuzzTest
  void roundTrip(byte[] input) {
    boolean compress = input.length > 0 && (input[0] & 1) == 0;
    // A repeated input is longer than what a fuzzer invents, and compresses.
    int repeats = input.length > 1 ? 1 + (input[1] & 0x3f) : 1;
    byte[] data = new byte[Math.min(GzipPayload.MAX_PLAIN, input.length * repeats)];
    for (int at = 0; at < data.length; at++) {
      data[at] = input[at % input.length];
    }
    byte[] target = new byte[3 + data.length + GzipPayload.STORED_OVERHEAD];
    int length = gzip.seal(target, 3, 80, 65_535, 6, data, 0, data.length, compress);
    assertThat(length)
        .isBetween(GzipPayload.STORED_OVERHEAD, data.length + GzipPayload.STORED_OVERHEAD);
    byte[] envelope = Arrays.copyOfRange(target, 3, 3 + length);
    assertThat(opened(envelope)).isEqualTo(data);
    assertThat(gzip.fromPort()).isEqualTo(80);
    assertThat(gzip.toPort()).isEqualTo(65_535);
    assertThat(gzip.protocol()).isEqualTo(6);
    Oracle oracle = Oracle.of(envelope);
    assertThat(oracle).isNotNull();
    assertThat(oracle.plain).isEqualTo(data);
  }

  private byte @Nullable [] opened(byte[] envelope) {
    try {
      gzip.open(envelope, 0, envelope.length);
    } catch (MalformedFrameException refused) {
      return null;
    }
    return Arrays.copyOfRange(
        gzip.data(), gzip.dataOffset(), gzip.dataOffset() + gzip.dataLength());
  }

  /** The JDK's reading, of at most one byte more than we would give out. */
  private static final class Oracle extends GZIPInputStream {
    private byte[] plain = {};
    private long bodyLength;

    private Oracle(byte[] envelope) throws IOException {
      super(new ByteArrayInputStream(envelope));
    }

    static @Nullable Oracle of(byte[] envelope) {
      try (Oracle oracle = new Oracle(envelope)) {
        oracle.plain = oracle.readNBytes(GzipPayload.MAX_PLAIN + 1);
        oracle.bodyLength = oracle.inf.getBytesRead();
        return oracle;
      } catch (IOException refused) {
        return null;
      }
    }

    /** The JDK goes on with further members and ignores garbage behind the last; we do not. */
    boolean isOneWholeMember(byte[] envelope) {
      return envelope[FLAGS] == 0 && HEADER + bodyLength + TRAILER == envelope.length;
    }
  }
}
