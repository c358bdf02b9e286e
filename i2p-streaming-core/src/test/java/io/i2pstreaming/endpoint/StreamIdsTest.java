package io.i2pstreaming.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A1 drawing a stream id")
class StreamIdsTest {
  private final Queue<Integer> drawn = new ArrayDeque<>(List.of(0, -1, 7, 8, 7, 8, 9));
  private final StreamIds ids =
      new StreamIds(() -> (long) drawn.remove() << 32, Set.of(7)::contains);

  @Test
  void goesOnUntilTheIdIsOneAndNobodys() {
    assertThat(ids.draw()).isEqualTo(8);
    assertThat(ids.draw()).as("it remembers none of its own").isEqualTo(8);
    assertThat(ids.draw()).isEqualTo(9);
  }
}
