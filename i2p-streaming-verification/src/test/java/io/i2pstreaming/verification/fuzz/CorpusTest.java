package io.i2pstreaming.verification.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Replays the fuzzers' corpus without the fuzzer: golden vectors, inputs that reached rare code,
 * and every input that once failed. Jazzer reads and writes the same folders.
 */
@DisplayName("A1 B2 C1 what fuzzing found stays harmless")
class CorpusTest {
  private static final int MAX_FILES = 300;
  private static final long MAX_BYTES = 1 << 20;

  private static final Map<String, Consumer<byte[]>> TARGETS =
      Map.of(
          "PacketFuzzInputs/packet", new PacketFuzz()::packet,
          "I2cpFuzzInputs/client", new I2cpFuzz()::client,
          "GzipFuzzInputs/open", new GzipFuzz()::open,
          "GzipFuzzInputs/roundTrip", new GzipFuzz()::roundTrip,
          "NamesFuzzInputs/destination", new NamesFuzz()::destination,
          "NamesFuzzInputs/text", new NamesFuzz()::text,
          "KeyFileFuzzInputs/keys", new KeyFileFuzz()::keys,
          "StreamFuzzInputs/operations", new StreamFuzz()::operations,
          "RouterFuzzInputs/client", new RouterFuzz()::client);

  @TestFactory
  Stream<DynamicTest> everyInputIsHarmless() {
    return TARGETS.keySet().stream()
        .sorted()
        .flatMap(folder -> inputs(folder).stream().map(input -> replay(folder, input)));
  }

  @Test
  void theCorpusIsSmallAndComplete() throws IOException {
    int files = 0;
    long bytes = 0;
    for (String folder : TARGETS.keySet()) {
      List<Path> inputs = inputs(folder);
      assertThat(inputs).as(folder).isNotEmpty();
      files += inputs.size();
      for (Path input : inputs) {
        bytes += Files.size(input);
      }
    }
    assertThat(files).isLessThan(MAX_FILES);
    assertThat(bytes).isLessThan(MAX_BYTES);
  }

  private static DynamicTest replay(String folder, Path input) {
    return DynamicTest.dynamicTest(
        folder + "/" + input.getFileName(),
        () -> TARGETS.get(folder).accept(Files.readAllBytes(input)));
  }

  private static List<Path> inputs(String folder) {
    try {
      Path path = Path.of(CorpusTest.class.getResource(folder).toURI());
      try (Stream<Path> files = Files.list(path)) {
        return files.sorted().toList();
      }
    } catch (IOException | URISyntaxException e) {
      throw new AssertionError(folder, e);
    }
  }
}
