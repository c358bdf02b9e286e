package io.i2pstreaming.autoconfigure;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.converter.GenericConverter;

/** Binds a {@link Probability} from text and from a YAML number, which is the same. */
final class ProbabilityConverter implements GenericConverter {
  @Override
  public Set<ConvertiblePair> getConvertibleTypes() {
    return Set.of(
        new ConvertiblePair(String.class, Probability.class),
        new ConvertiblePair(Number.class, Probability.class));
  }

  @Override
  public @Nullable Object convert(
      @Nullable Object source, TypeDescriptor sourceType, TypeDescriptor targetType) {
    return source == null ? null : Probability.valueOf(source.toString());
  }
}
