package io.i2pstreaming.i2cp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A23 compression")
class CompressionTest {
  private static final int LENGTH = 1000;
  private static final int STORED = LENGTH + GzipPayload.STORED_OVERHEAD;

  /** Bytes of the envelope around zeros, which deflate well. */
  private static long sealedBytes(Map<String, String> options, boolean likely) throws Exception {
    ScriptedSession session = new ScriptedSession(options);
    session.client.onLinkOpen(session.now);
    session.setDate(ScriptedSession.EPOCH_MILLIS, "0.9.64");
    session.status(ScriptedSession.SESSION, 1);
    session.requestLeases(1);
    session.sent.clear();
    var to = ScriptedSession.KEYS.destination();
    byte[] zeros = new byte[LENGTH];
    long lifetime = 10 * ScriptedSession.SECOND;
    assertThat(
            session.client.send(
                session.now, to, 6, 0, 0, zeros, 0, LENGTH, likely, 0, lifetime, false))
        .isTrue();
    FrameInput in = session.next(MessageType.SEND_MESSAGE_EXPIRES).body();
    in.u16();
    in.skip(to.length());
    return in.u32();
  }

  @ParameterizedTest
  @CsvSource({"true", "TRUE"})
  void onDeflatesWhateverBecomesSmaller(String value) throws Exception {
    assertThat(sealedBytes(Map.of("i2cp.gzip", value), false)).isLessThan(STORED / 2);
    assertThat(sealedBytes(Map.of("i2cp.gzip", value), true)).isLessThan(STORED / 2);
  }

  @Test
  void offStoresEverything() throws Exception {
    assertThat(sealedBytes(Map.of("i2cp.gzip", "false"), true)).isEqualTo(STORED);
    assertThat(sealedBytes(Map.of("i2cp.gzip", "false"), false)).isEqualTo(STORED);
  }

  @Test
  void adaptiveIsTheDefaultAndDeflatesWhereItPays() throws Exception {
    for (Map<String, String> options :
        List.of(Map.<String, String>of(), Map.of("i2cp.gzip", "adaptive"))) {
      assertThat(sealedBytes(options, true)).isLessThan(STORED / 2);
      assertThat(sealedBytes(options, false)).isEqualTo(STORED);
    }
  }

  @Test
  void anythingElseIsRefused() {
    assertThatThrownBy(() -> SessionOptions.sessionConfig(Map.of("i2cp.gzip", "best")))
        .hasMessageContaining("i2cp.gzip")
        .hasMessageContaining("adaptive");
  }
}
