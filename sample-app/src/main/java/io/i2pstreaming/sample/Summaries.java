package io.i2pstreaming.sample;

import io.i2pstreaming.spring.I2PListener;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * A service that speaks JSON, one message to a line: Spring's message converters make the argument
 * of what comes, and the answer of what the method returns.
 */
@Component
class Summaries {
  static final int PORT = 4000;

  record Numbers(List<Double> numbers) {}

  record Summary(int count, double sum, double largest) {}

  /** Called once per line; several may come on one stream. */
  @I2PListener(id = "summary", port = "4000", framing = "line", maxMessageSize = "256KB")
  Summary summarize(Numbers numbers) {
    var statistics =
        numbers.numbers().stream().mapToDouble(Double::doubleValue).summaryStatistics();
    return new Summary((int) statistics.getCount(), statistics.getSum(), statistics.getMax());
  }
}
