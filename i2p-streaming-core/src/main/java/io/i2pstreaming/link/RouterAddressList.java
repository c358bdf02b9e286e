package io.i2pstreaming.link;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Several routers, the preferred one first: when one cannot be reached or refuses the session, the
 * next is tried. The embedded router cannot be among them, because it must never take the place of
 * one that gives anonymity.
 *
 * @param alternatives at least one and at most {@value #MAX_ADDRESSES}
 */
public record RouterAddressList(List<RouterAddress> alternatives) implements RouterAddress {
  /** Routers in a list at most. */
  public static final int MAX_ADDRESSES = 16;

  public RouterAddressList {
    alternatives = List.copyOf(alternatives);
    if (alternatives.isEmpty() || alternatives.size() > MAX_ADDRESSES) {
      throw new IllegalArgumentException(
          "a list of routers has 1 to " + MAX_ADDRESSES + " addresses, not " + alternatives.size());
    }
    for (RouterAddress address : alternatives) {
      if (!address.anonymous()) {
        throw new IllegalArgumentException(
            "a router that gives no anonymity cannot stand in for others");
      }
      if (address instanceof RouterAddressList) {
        throw new IllegalArgumentException("a list of routers cannot contain another list");
      }
    }
  }

  /** A link to the preferred router. */
  @Override
  public RouterLink newLink() {
    return alternatives.get(0).newLink();
  }

  @Override
  public String describe() {
    return alternatives.stream().map(RouterAddress::describe).collect(Collectors.joining(", "));
  }

  @Override
  public boolean anonymous() {
    return true;
  }
}
