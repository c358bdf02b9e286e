package io.i2pstreaming.verification.simulation;

import java.util.EnumMap;
import java.util.Map;

/** How often each {@link Mark} was met, and by how many seeds. */
final class Marks {
  private final Map<Mark, Long> times = new EnumMap<>(Mark.class);
  private final Map<Mark, Long> seeds = new EnumMap<>(Mark.class);

  void hit(Mark mark) {
    hit(mark, 1);
  }

  void hit(Mark mark, long count) {
    if (count > 0) {
      times.merge(mark, count, Long::sum);
    }
  }

  long times(Mark mark) {
    return times.getOrDefault(mark, 0L);
  }

  /** Adds what one seed met. */
  void add(Marks seed) {
    seed.times.forEach(
        (mark, count) -> {
          times.merge(mark, count, Long::sum);
          seeds.merge(mark, 1L, Long::sum);
        });
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Mark mark : Mark.values()) {
      text.append(
          String.format(
              "  %-24s %9d times in %5d seeds%n", mark, times(mark), seeds.getOrDefault(mark, 0L)));
    }
    return text.toString();
  }
}
