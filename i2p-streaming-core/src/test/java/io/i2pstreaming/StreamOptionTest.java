package io.i2pstreaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("the options of streams by name")
class StreamOptionTest {
  @ParameterizedTest
  @EnumSource(StreamOption.class)
  void areFoundInAnySpelling(StreamOption option) {
    String name = option.officialName;
    assertThat(StreamOption.of(name)).isSameAs(option);
    assertThat(StreamOption.of(name.toUpperCase(Locale.ROOT))).isSameAs(option);
    assertThat(StreamOption.of(name.replaceAll("([A-Z])", "-$1"))).isSameAs(option);
  }

  @ParameterizedTest
  @EnumSource(StreamOption.class)
  void haveADefaultThatIsReadWhereNothingIsGiven(StreamOption option) {
    assertThat(option.text(null).value()).isEqualTo(option.byDefault);
    assertThat(option.text(" given ").value()).isEqualTo("given");
    assertThat(option.text("given").refused())
        .hasMessage(
            "i2p.streaming.%s: 'given' is not allowed; use %s",
            option.officialName, option.allowed);
  }

  @ParameterizedTest
  @EnumSource(StreamOption.class)
  void areAllNamedToWhoeverUsesAnotherName(StreamOption option) {
    assertThatThrownBy(() -> StreamOption.of("bufferSize"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("i2p.streaming.bufferSize")
        .hasMessageContaining(option.officialName);
  }
}
