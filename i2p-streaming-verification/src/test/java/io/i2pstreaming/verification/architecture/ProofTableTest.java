package io.i2pstreaming.verification.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The table of what proves each feature is whole and true")
class ProofTableTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*Test)\\b");

  @Test
  void everyFeatureHasARowWithoutAnEmptyCell() throws IOException {
    List<String> ids = new ArrayList<>();
    for (String row : rows()) {
      String[] cells = row.split("\\|", -1);
      assertThat(cells).as(row).hasSize(6);
      ids.add(cells[1].strip());
      assertThat(cells[3]).as("test of %s", cells[1]).isNotBlank();
      assertThat(cells[4]).as("peer of %s, or why there is none", cells[1]).isNotBlank();
    }
    assertThat(ids).containsExactlyElementsOf(features());
  }

  @Test
  void everyTestNamedInTheDocumentationExists() throws IOException {
    Set<String> named = new TreeSet<>();
    for (Path page : pages()) {
      Matcher matcher = TEST.matcher(Files.readString(page));
      while (matcher.find()) {
        named.add(matcher.group(1));
      }
    }
    assertThat(named).hasSizeGreaterThan(50);
    assertThat(tests()).containsAll(named);
  }

  private static List<String> rows() throws IOException {
    String notes = Files.readString(ROOT.resolve("docs/protocol-notes.md"));
    String section = notes.substring(notes.indexOf("## What proves each feature"));
    return section
        .lines()
        .dropWhile(line -> !line.startsWith("|---"))
        .skip(1)
        .takeWhile(line -> line.startsWith("|"))
        .toList();
  }

  private static List<String> features() {
    return Stream.of(numbered("A", 23), numbered("B", 6), numbered("C", 3), numbered("D", 10))
        .flatMap(ids -> ids)
        .toList();
  }

  private static Stream<String> numbered(String letter, int last) {
    return IntStream.rangeClosed(1, last).mapToObj(number -> letter + number);
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      List<Path> pages =
          docs.filter(page -> page.toString().endsWith(".md")).collect(Collectors.toList());
      pages.add(ROOT.resolve("README.md"));
      pages.add(ROOT.resolve("CONTRIBUTING.md"));
      return pages;
    }
  }

  private static Set<String> tests() throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (Path sources : modules.map(module -> module.resolve("src/test/java")).toList()) {
        if (Files.isDirectory(sources)) {
          try (Stream<Path> files = Files.walk(sources)) {
            files
                .map(file -> String.valueOf(file.getFileName()))
                .filter(name -> name.endsWith(".java"))
                .forEach(name -> names.add(name.substring(0, name.length() - 5)));
          }
        }
      }
    }
    return names;
  }
}
