package io.i2pstreaming.i2cp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.i2pstreaming.identity.Destination;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("messages of a router")
class MessageReaderTest {
  private static final int SESSION = 7;

  private final List<String> heard = new ArrayList<>();
  private final GzipPayload gzip = new GzipPayload();
  private final MessageReader reader = new MessageReader(gzip, new Listener());

  @AfterEach
  void end() {
    gzip.end();
  }

  private byte[] payload(int session, int surplus) {
    byte[] data = "hello".getBytes(StandardCharsets.US_ASCII);
    byte[] sealed = new byte[data.length + GzipPayload.STORED_OVERHEAD];
    int length = gzip.seal(sealed, 0, 1, 2, 6, data, 0, data.length, false);
    FrameOutput body = new FrameOutput().clear().u16(session).u32(1).u32(length + surplus);
    return body.bytes(Arrays.copyOf(sealed, length)).toBytes();
  }

  private static byte[] status(int session, int status, long nonce) {
    return new FrameOutput().clear().u16(session).u32(1).u8(status).u32(0).u32(nonce).toBytes();
  }

  private static FrameInput in(byte[] body) {
    return new FrameInput(body, 0, body.length);
  }

  @Test
  void areToldWithTheirPortsAndProtocol() throws Exception {
    assertThat(reader.payload(3, SESSION, in(payload(SESSION, 0)))).isTrue();
    assertThat(heard).containsExactly("3: hello of 6 from 1 to 2");
  }

  @Test
  void ofAnotherSessionOrShorterThanTheySayAreNotTold() throws Exception {
    assertThat(reader.payload(3, SESSION, in(payload(8, 0)))).isFalse();
    assertThat(reader.payload(3, SESSION, in(payload(SESSION, 1)))).isFalse();
    assertThat(heard).isEmpty();
  }

  @Test
  void thatAreNoEnvelopeBreakARule() {
    byte[] broken = payload(SESSION, 0);
    broken[10] = 0;
    assertThatThrownBy(() -> reader.payload(3, SESSION, in(broken)))
        .isInstanceOf(MalformedFrameException.class);
    assertThat(heard).isEmpty();
  }

  @Test
  void haveAStatusWhenTheyWereSentWithANonce() throws Exception {
    assertThat(reader.status(3, SESSION, in(status(SESSION, 4, 99)))).isTrue();
    assertThat(reader.status(3, SESSION, in(status(SESSION, 4, 0)))).isFalse();
    assertThat(reader.status(3, SESSION, in(status(8, 4, 99)))).isFalse();
    assertThat(heard).containsExactly("3: 99 is " + DeliveryStatus.ofCode(4));
  }

  private final class Listener implements I2cpListener {
    @Override
    public void sessionUp(long now) {}

    @Override
    public void sessionDown(long now, String reason, boolean retryable) {}

    @Override
    public void payload(
        long now, int protocol, int fromPort, int toPort, byte[] bytes, int offset, int length) {
      String text = new String(bytes, offset, length, StandardCharsets.US_ASCII);
      heard.add(now + ": " + text + " of " + protocol + " from " + fromPort + " to " + toPort);
    }

    @Override
    public void delivery(long now, long nonce, DeliveryStatus status) {
      heard.add(now + ": " + nonce + " is " + status);
    }

    @Override
    public void lookedUp(long now, long lookupId, @Nullable Destination destination) {}
  }
}
