package io.i2pstreaming.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("D2 framing of messages")
class FramingTest {
  @Test
  void linesEndWithLineFeedOrBothOrTheStream() throws Exception {
    assertThat(texts(Framing.LINE, "a\nb\r\n\n\r\nc\rd\r\r\nlast"))
        .containsExactly("a", "b", "", "", "c\rd\r", "last");
    assertThat(texts(Framing.LINE, "end\r")).containsExactly("end\r");
    assertThat(texts(Framing.LINE, "")).isEmpty();
  }

  @Test
  void lengthsAreFourBytesWithTheMostSignificantFirst() throws Exception {
    assertThat(texts(Framing.LENGTH, "\0\0\0\2hi\0\0\0\0\0\0\0\1x")).containsExactly("hi", "", "x");
    assertThat(texts(Framing.LENGTH, "")).isEmpty();
  }

  @Test
  void aRawMessageIsTheWholeStream() throws Exception {
    assertThat(Framing.RAW.read(stream("a\nb"), 8)).asString().isEqualTo("a\nb");
    assertThat(Framing.RAW.read(stream(""), 8)).isEmpty();
  }

  @Test
  void theLimitIsTheLongestMessage() throws Exception {
    assertThat(texts(Framing.LINE, "12345678\r\n12345678")).containsExactly("12345678", "12345678");
    assertThat(texts(Framing.LENGTH, "\0\0\0\u000812345678")).containsExactly("12345678");
    assertThat(Framing.RAW.read(stream("12345678"), 8)).hasSize(8);

    assertRefused(Framing.LINE, "123456789\n", "longer than 8 bytes");
    assertRefused(Framing.LINE, "12345678\r", "longer than 8 bytes");
    assertRefused(Framing.LENGTH, "\0\0\0\u0009123456789", "longer than 8 bytes");
    assertRefused(Framing.LENGTH, "\u00ff\u00ff\u00ff\u00ff", "longer than 8 bytes");
    assertRefused(Framing.RAW, "123456789", "longer than 8 bytes");
  }

  @Test
  void aCutOffMessageIsNotDelivered() {
    assertRefused(Framing.LENGTH, "\0\0\0", "within a length");
    assertRefused(Framing.LENGTH, "\0\0\0\2h", "within a message");
  }

  @Test
  void repliesCanBeReadBack() throws Exception {
    for (Framing framing : List.of(Framing.LINE, Framing.LENGTH)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      framing.write(out, new byte[0]);
      framing.write(out, bytes("two"));
      assertThat(texts(framing, out.toString(StandardCharsets.ISO_8859_1)))
          .containsExactly("", "two");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Framing.LINE.write(new ByteArrayOutputStream(), bytes("a\nb")))
        .withMessageContaining("several lines");
  }

  private static void assertRefused(Framing framing, String sent, String why) {
    assertThatExceptionOfType(I2PFramingException.class)
        .isThrownBy(() -> framing.read(stream(sent), 8))
        .withMessageContaining(why);
  }

  private static List<String> texts(Framing framing, String sent) throws IOException {
    InputStream in = stream(sent);
    List<String> texts = new ArrayList<>();
    byte[] message = framing.read(in, 8);
    while (message != null) {
      texts.add(new String(message, StandardCharsets.ISO_8859_1));
      message = framing.read(in, 8);
    }
    return texts;
  }

  private static InputStream stream(String sent) {
    return new ByteArrayInputStream(bytes(sent));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
