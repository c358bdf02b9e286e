package io.i2pstreaming.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;

@DisplayName("D9 what the slice configures")
class SliceImportsTest {
  /** What observes, and what needs a web server, is not the business of the slice. */
  private static final List<String> LEFT_OUT =
      List.of("endpoint", "health", "metrics", "observation", "site");

  @Test
  void isAllOfTheEngineAndWhatListenersNeed() {
    List<String> ours = new ArrayList<>();
    for (String name : ImportCandidates.load(AutoConfiguration.class, null)) {
      if (name.startsWith("io.i2pstreaming.autoconfigure.")
          && !LEFT_OUT.contains(name.split("\\.")[3])) {
        ours.add(name);
      }
    }
    List<String> configured = new ArrayList<>();
    ImportCandidates.load(I2PStreamingTest.class, null).forEach(configured::add);
    assertThat(configured).containsAll(ours);
    assertThat(configured.stream().filter(name -> !ours.contains(name)))
        .as("what is not ours may be missing")
        .isNotEmpty()
        .allMatch(name -> name.startsWith("optional:org.springframework.boot."));
  }
}
