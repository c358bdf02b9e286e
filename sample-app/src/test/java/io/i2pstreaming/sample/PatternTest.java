package io.i2pstreaming.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("G1 patterns of the sample")
class PatternTest {
  @Test
  void chargenIsThatOfRfc864() {
    String[] lines = text(new ChargenPattern(), 0, 96 * 74).split("\r\n");
    assertThat(lines[0])
        .isEqualTo(" !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefg");
    assertThat(lines[1])
        .isEqualTo("!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefgh");
    assertThat(lines[94])
        .isEqualTo("~ !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdef");
    assertThat(lines[95]).isEqualTo(lines[0]);
    assertThat(lines).hasSize(96).allMatch(line -> line.length() == 72);
  }

  @Test
  void aPatternIsTheSameWhereverItIsCut() {
    for (Pattern pattern : new Pattern[] {new ChargenPattern(), new SeededPattern(42)}) {
      byte[] whole = new byte[1000];
      pattern.fill(0, whole, whole.length);
      for (int from = 0; from < 300; from++) {
        byte[] part = new byte[500];
        pattern.fill(from, part, part.length);
        assertThat(part).isEqualTo(Arrays.copyOfRange(whole, from, from + 500));
        assertThat(pattern.matches(from, part, part.length)).isTrue();
        part[from] ^= 1;
        assertThat(pattern.matches(from, part, part.length)).isFalse();
      }
    }
  }

  @Test
  void seedsMakeDifferentPatterns() {
    assertThat(text(new SeededPattern(1), 0, 64)).isNotEqualTo(text(new SeededPattern(2), 0, 64));
  }

  private static String text(Pattern pattern, long position, int length) {
    byte[] bytes = new byte[length];
    pattern.fill(position, bytes, length);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
