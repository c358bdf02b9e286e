package io.i2pstreaming.facade;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.endpoint.AccessList;
import io.i2pstreaming.endpoint.AdmissionRules;
import io.i2pstreaming.endpoint.ConnectionLimits;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A13 rules that change while they hold")
class StandingRulesTest {
  private static final String SOMEBODY = "a".repeat(52) + ".b32.i2p";
  private static final String SOMEBODY_ELSE = "b".repeat(51) + "a.b32.i2p";

  private final AccessList never = AccessList.deny(SOMEBODY);
  private final AccessList access = AccessList.deny(SOMEBODY_ELSE);
  private final ConnectionLimits limits = ConnectionLimits.NONE.with("maxConcurrentStreams", "3");

  @Test
  void aChangeOfOnePartLeavesTheOthers() {
    StandingRules rules = new StandingRules(AdmissionRules.NONE);
    rules.blacklist(never);
    rules.access(access);
    rules.limits(limits);
    assertThat(rules.now()).isEqualTo(new AdmissionRules(never, access, limits));
    rules.blacklist(AccessList.OFF);
    rules.limits(ConnectionLimits.NONE);
    assertThat(rules.now())
        .isEqualTo(new AdmissionRules(AccessList.OFF, access, ConnectionLimits.NONE));
  }

  @Test
  void whatWasReadBeforeStaysAsItWas() {
    StandingRules rules = new StandingRules(AdmissionRules.NONE);
    AdmissionRules before = rules.now();
    rules.access(access);
    assertThat(before).isEqualTo(AdmissionRules.NONE);
    assertThat(rules.now().access()).isEqualTo(access);
  }
}
