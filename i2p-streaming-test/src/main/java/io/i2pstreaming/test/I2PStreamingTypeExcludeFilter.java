package io.i2pstreaming.test;

import io.i2pstreaming.autoconfigure.StreamManagerBuilderCustomizer;
import io.i2pstreaming.spring.I2PListener;
import io.i2pstreaming.spring.I2PListenerConfigurer;
import io.i2pstreaming.spring.I2PListenerContainerCustomizer;
import io.i2pstreaming.spring.I2PListenerErrorHandler;
import io.i2pstreaming.spring.I2PListeners;
import java.io.IOException;
import java.util.Set;
import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/** Leaves out every scanned component but those with listeners, and those that shape managers. */
final class I2PStreamingTypeExcludeFilter
    extends StandardAnnotationCustomizableTypeExcludeFilter<I2PStreamingTest> {
  private static final String LISTENER = I2PListener.class.getName();
  private static final String LISTENERS = I2PListeners.class.getName();

  I2PStreamingTypeExcludeFilter(Class<?> testClass) {
    super(testClass);
  }

  @Override
  protected Set<Class<?>> getKnownIncludes() {
    return Set.of(
        StreamManagerBuilderCustomizer.class,
        I2PListenerConfigurer.class,
        I2PListenerContainerCustomizer.class,
        I2PListenerErrorHandler.class);
  }

  @Override
  protected boolean defaultInclude(MetadataReader reader, MetadataReaderFactory readers)
      throws IOException {
    return super.defaultInclude(reader, readers) || listens(reader.getAnnotationMetadata());
  }

  private static boolean listens(AnnotationMetadata type) {
    return type.hasAnnotation(LISTENER)
        || type.hasAnnotation(LISTENERS)
        || type.hasAnnotatedMethods(LISTENER)
        || type.hasAnnotatedMethods(LISTENERS);
  }
}
