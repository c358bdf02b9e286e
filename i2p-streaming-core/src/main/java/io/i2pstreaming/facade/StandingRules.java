package io.i2pstreaming.facade;

import io.i2pstreaming.endpoint.AccessList;
import io.i2pstreaming.endpoint.AdmissionRules;
import io.i2pstreaming.endpoint.ConnectionLimits;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The admission rules that hold at this moment, of a manager or of one port. Application threads
 * change one part at a time, and none of two changes at once is lost; the loop reads them all
 * together. Never judges a peer.
 */
public final class StandingRules {
  private final AtomicReference<AdmissionRules> rules;

  /** The rules to begin with. */
  public StandingRules(AdmissionRules rules) {
    this.rules = new AtomicReference<>(rules);
  }

  /** All of them, as they are now. */
  public AdmissionRules now() {
    return Objects.requireNonNull(rules.get());
  }

  /** Changes who may never, whatever the access list says. */
  public void blacklist(AccessList list) {
    rules.updateAndGet(now -> new AdmissionRules(list, now.access(), now.limits()));
  }

  /** Changes who may. */
  public void access(AccessList list) {
    rules.updateAndGet(now -> new AdmissionRules(now.blacklist(), list, now.limits()));
  }

  /** Changes how many may. */
  public void limits(ConnectionLimits limits) {
    rules.updateAndGet(now -> new AdmissionRules(now.blacklist(), now.access(), limits));
  }
}
