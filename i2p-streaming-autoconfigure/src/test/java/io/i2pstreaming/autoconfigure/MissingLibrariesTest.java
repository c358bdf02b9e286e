package io.i2pstreaming.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.StreamManager;
import io.i2pstreaming.embedded.EmbeddedRouter;
import io.i2pstreaming.spring.I2PListenerEndpointRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.classreading.SimpleMetadataReaderFactory;
import org.springframework.util.ClassUtils;
import org.springframework.util.MultiValueMap;

@DisplayName("D10 each class that an auto-configuration asks for may be missing")
class MissingLibrariesTest {
  /** Every class named by a condition, so that those of new auto-configurations are tried, too. */
  static Set<String> classesOfConditions() throws IOException {
    Set<String> names = new TreeSet<>();
    var readers = new SimpleMetadataReaderFactory();
    for (var file :
        new PathMatchingResourcePatternResolver()
            .getResources("classpath*:io/i2pstreaming/autoconfigure/**/*.class")) {
      AnnotationMetadata type = readers.getMetadataReader(file).getAnnotationMetadata();
      add(type, names);
      type.getAnnotatedMethods(ConditionalOnClass.class.getName())
          .forEach(method -> add(method, names));
    }
    assertThat(names).contains(EmbeddedRouter.class.getName()).hasSizeGreaterThan(6);
    return names;
  }

  private static void add(AnnotatedTypeMetadata annotated, Set<String> names) {
    MultiValueMap<String, Object> conditions =
        annotated.getAllAnnotationAttributes(ConditionalOnClass.class.getName(), true);
    if (conditions != null) {
      for (String attribute : List.of("value", "name")) {
        conditions.get(attribute).forEach(value -> names.addAll(List.of((String[]) value)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("classesOfConditions")
  void theRestStarts(String missing) throws ClassNotFoundException {
    List<Class<?>> all = new ArrayList<>();
    for (String name : ImportCandidates.load(AutoConfiguration.class, null)) {
      if (name.startsWith("io.i2pstreaming.")) {
        all.add(ClassUtils.forName(name, null));
      }
    }
    ApplicationContextRunner runner = new ApplicationContextRunner();
    if (!missing.equals(MeterRegistry.class.getName())) {
      runner = runner.withBean(SimpleMeterRegistry.class);
    }
    if (!missing.equals(ObservationRegistry.class.getName())) {
      runner = runner.withBean(ObservationRegistry.class, ObservationRegistry::create);
    }
    runner
        .withConfiguration(AutoConfigurations.of(all.toArray(Class<?>[]::new)))
        .withClassLoader(new FilteredClassLoader(ClassUtils.forName(missing, null)))
        .withPropertyValues(
            // Nobody there: the start does not need a router.
            "i2p.router.port=1", "management.endpoints.web.exposure.include=*")
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .hasSingleBean(StreamManager.class)
                    .hasSingleBean(I2PListenerEndpointRegistry.class));
  }
}
