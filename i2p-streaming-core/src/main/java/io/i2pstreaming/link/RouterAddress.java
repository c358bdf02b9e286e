package io.i2pstreaming.link;

import java.util.List;

/** Where a router is reached: makes a new link for every attempt. */
public interface RouterAddress {
  /** A new, unopened link. */
  RouterLink newLink();

  /** For messages to the operator, for example {@code 127.0.0.1:7654}. */
  String describe();

  /** Whether this router gives anonymity: false for the embedded one. */
  boolean anonymous();

  /** The routers to try, in this order: itself, unless it stands for several. */
  default List<RouterAddress> alternatives() {
    return List.of(this);
  }
}
