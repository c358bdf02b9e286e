package io.i2pstreaming.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.I2PEncoding;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A12 access lists")
class AccessListTest {
  private final Destination a = new Party().destination();
  private final Destination b = new Party().destination();
  private final Destination c = new Party().destination();
  private final Destination other = new Party().destination();

  @Test
  void takesEveryFormAndEverySeparator() {
    String text =
        a.base32() + "," + b.base64() + "; " + I2PEncoding.base64(c.hash().bytes()) + " \n";
    AccessList allowed = AccessList.allow(text);
    AccessList denied = AccessList.deny(text.replace(".b32.i2p", ".B32.I2P"));
    assertThat(allowed.size()).isEqualTo(3);
    for (Destination listed : new Destination[] {a, b, c}) {
      assertThat(allowed.refuses(listed.hash())).isFalse();
      assertThat(denied.refuses(listed.hash())).isTrue();
      assertThat(AccessList.OFF.refuses(listed.hash())).isFalse();
    }
    assertThat(allowed.refuses(other.hash())).isTrue();
    assertThat(denied.refuses(other.hash())).isFalse();
    assertThat(AccessList.allow("").refuses(other.hash())).isTrue();
    assertThat(allowed.toString()).doesNotContain(a.base32()).contains("3 entries");
  }

  @Test
  void changesIntoAnotherListAndStaysItself() {
    AccessList denied = AccessList.deny(a.base32());
    AccessList two = denied.with(b.base64());
    assertThat(two.base32Names()).containsExactly(a.base32(), b.base32());
    AccessList onlyB = two.without(a.base32() + " " + c.base32()).with(AccessList.Mode.ALLOW);
    assertThat(onlyB.mode()).isEqualTo(AccessList.Mode.ALLOW);
    assertThat(onlyB.refuses(b.hash())).isFalse();
    assertThat(onlyB.refuses(a.hash())).isTrue();
    assertThat(denied.base32Names()).containsExactly(a.base32());
    assertThat(denied.mode()).isEqualTo(AccessList.Mode.DENY);
    assertThatThrownBy(() -> two.without("nonsense")).hasMessageContaining("entry 1");
  }

  @Test
  void namesAWrongEntryByItsPlaceOnly() {
    for (String wrong : new String[] {"secret.i2p", "AAAA", a.base32().substring(1), "!"}) {
      assertThatThrownBy(() -> AccessList.deny(b.base32() + " " + wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("entry 2")
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  void readsI2psSessionOptionsAndRefusesContradictions() {
    String list = "i2cp.accessList";
    assertThat(AccessList.ofSessionOptions(Map.of(list, a.base32()))).isNull();
    AccessList allowed =
        AccessList.ofSessionOptions(Map.of(list, a.base32(), "i2cp.enableAccessList", "true"));
    AccessList denied =
        AccessList.ofSessionOptions(Map.of(list, a.base32(), "i2cp.enableblacklist", "TRUE"));
    assertThat(allowed).isNotNull();
    assertThat(allowed.refuses(other.hash())).isTrue();
    assertThat(denied).isNotNull();
    assertThat(denied.refuses(a.hash())).isTrue();
    assertThatThrownBy(() -> AccessList.ofSessionOptions(Map.of("i2cp.enableAccessList", "true")))
        .hasMessageContaining("i2cp.accessList has no entries");
    assertThatThrownBy(
            () ->
                AccessList.ofSessionOptions(
                    Map.of("i2cp.enableAccessList", "true", "i2cp.enableBlackList", "true")))
        .hasMessageContaining("both true");
    assertThatThrownBy(
            () -> AccessList.ofSessionOptions(Map.of("i2cp.enableBlackList", "yes", list, "x")))
        .hasMessageContaining("i2cp.enableBlackList is neither true nor false");
  }
}
