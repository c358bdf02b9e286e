package io.i2pstreaming.i2cp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("B1 frames")
class FrameOutputTest {
  @Test
  void growsAtAnyByte() throws Exception {
    for (int length = 500; length < 520; length++) {
      FrameOutput out = new FrameOutput().clear();
      out.reserve(length);
      out.u32(0x01020304).i64(-2);
      FrameInput in = new FrameInput(out.array(), length, out.length() - length);
      assertThat(in.u32()).isEqualTo(0x01020304);
      assertThat(in.i64()).isEqualTo(-2);
    }
  }

  @Test
  void mappingIsSortedByCodeUnitsAndReadBack() throws Exception {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("inbound.length", "1");
    map.put("i2cp.x", "");
    map.put("Zeta", "Grüße");
    byte[] bytes = new FrameOutput().clear().mapping(map).toBytes();
    FrameInput in = new FrameInput(bytes, 0, bytes.length);
    assertThat(in.mapping())
        .containsExactly(
            Map.entry("Zeta", "Grüße"), Map.entry("i2cp.x", ""), Map.entry("inbound.length", "1"));
    assertThat(in.remaining()).isZero();
  }

  @Test
  void stringsAreBoundedInBytes() {
    FrameOutput out = new FrameOutput();
    assertThatThrownBy(() -> out.string("ü".repeat(128)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("256 bytes");
  }
}
