package io.i2pstreaming.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.i2cp.I2cpClient;
import io.i2pstreaming.i2cp.SessionConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("B1 options of a session, changed while it runs")
class LiveOptionsTest {
  private final LiveOptions options =
      new LiveOptions(
          new SessionConfig(Map.of("inbound.quantity", "3", "inbound.length", "2"), false));
  private final List<String> ends = new ArrayList<>();

  private void change(String name, String value) {
    options.change(1, Map.of(name, value), why -> ends.add(why == null ? "taken" : why), null);
  }

  @Test
  void areMergedAndKeptForTheNextSession() {
    change("inbound.quantity", "1");
    assertThat(options.wanted().options())
        .isEqualTo(Map.of("inbound.quantity", "1", "inbound.length", "2"));
    assertThat(options.nextDeadline()).isEqualTo(I2cpClient.NEVER);
    options.answered(true);
    options.onTimer(Long.MAX_VALUE - 1);
    assertThat(ends).as("nothing was sent, so nothing is answered").isEmpty();
  }

  @Test
  void areChangedOnceAtATime() {
    change("inbound.quantity", "1");
    change("inbound.quantity", "2");
    assertThat(ends).containsExactly("another change of the session's options is not finished yet");
    assertThat(options.wanted().options()).containsEntry("inbound.quantity", "1");
    options.fail("no router");
    assertThat(ends).endsWith("no router");
    change("inbound.quantity", "2");
    assertThat(options.wanted().options()).containsEntry("inbound.quantity", "2");
  }
}
