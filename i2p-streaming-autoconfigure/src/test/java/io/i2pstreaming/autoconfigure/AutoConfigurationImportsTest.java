package io.i2pstreaming.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

@DisplayName("D1 every auto-configuration is listed")
class AutoConfigurationImportsTest {
  @Test
  void listsExactlyTheAutoConfigurationsOfThisModule() {
    List<String> listed = new ArrayList<>();
    for (String name : ImportCandidates.load(AutoConfiguration.class, null)) {
      if (name.startsWith("io.i2pstreaming.")) {
        listed.add(name);
      }
    }
    assertThat(listed).containsExactlyInAnyOrderElementsOf(annotated()).isNotEmpty();
  }

  @Test
  void autoConfigurationsArePublicAndFinal() {
    for (String name : annotated()) {
      int modifiers = ClassUtils.resolveClassName(name, null).getModifiers();
      assertThat(Modifier.isPublic(modifiers) && Modifier.isFinal(modifiers)).as(name).isTrue();
    }
  }

  private static List<String> annotated() {
    var scanner = new ClassPathScanningCandidateComponentProvider(false);
    scanner.addIncludeFilter(new AnnotationTypeFilter(AutoConfiguration.class));
    return scanner.findCandidateComponents("io.i2pstreaming").stream()
        .map(definition -> String.valueOf(definition.getBeanClassName()))
        .toList();
  }
}
