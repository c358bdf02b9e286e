package io.i2pstreaming.autoconfigure;

import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;

/**
 * What a native image must keep of the properties' records: Spring Boot sees to those that are
 * beans; {@link UnknownPropertyReport} also reads the names of their components. Listener methods
 * have hints by their annotation, endpoints by Spring Boot's.
 */
final class I2PRuntimeHints implements RuntimeHintsRegistrar {
  @Override
  public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
    // Bound for one manager after the other, and therefore no bean.
    BindableRuntimeHintsRegistrar.forTypes(I2PProperties.Manager.class).registerHints(hints);
    components(I2PProperties.Manager.class, hints);
    UnknownPropertyReport.RECORDS.values().forEach(type -> components(type, hints));
  }

  private static void components(Class<?> type, RuntimeHints hints) {
    hints.reflection().registerType(type);
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.getType().isRecord()) {
        components(component.getType(), hints);
      }
    }
  }
}
