package io.i2pstreaming.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.SimpleMetadataReaderFactory;
import org.springframework.util.ClassUtils;

@DisplayName("D1 every auto-configuration is listed")
class AutoConfigurationImportsTest {
  @Test
  void listsExactlyTheAutoConfigurationsOfThisModule() throws IOException {
    List<String> listed = new ArrayList<>();
    for (String name : ImportCandidates.load(AutoConfiguration.class, null)) {
      if (name.startsWith("io.i2pstreaming.")) {
        listed.add(name);
      }
    }
    assertThat(listed).containsExactlyInAnyOrderElementsOf(annotated()).isNotEmpty();
  }

  @Test
  void autoConfigurationsArePublicAndFinal() throws IOException {
    for (String name : annotated()) {
      int modifiers = ClassUtils.resolveClassName(name, null).getModifiers();
      assertThat(Modifier.isPublic(modifiers) && Modifier.isFinal(modifiers)).as(name).isTrue();
    }
  }

  private static List<String> annotated() throws IOException {
    List<String> annotated = new ArrayList<>();
    var metadata = new SimpleMetadataReaderFactory();
    for (Resource file :
        new PathMatchingResourcePatternResolver()
            .getResources("classpath*:io/i2pstreaming/**/*.class")) {
      MetadataReader reader = metadata.getMetadataReader(file);
      if (reader.getAnnotationMetadata().hasAnnotation(AutoConfiguration.class.getName())) {
        annotated.add(reader.getClassMetadata().getClassName());
      }
    }
    return annotated;
  }
}
