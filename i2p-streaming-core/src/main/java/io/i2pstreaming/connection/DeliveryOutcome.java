package io.i2pstreaming.connection;

/** What the router said about a packet that asked for a status. */
public enum DeliveryOutcome {
  /** It was handed on, or arrived. */
  DELIVERED,
  /** It was lost for a passing reason; retransmission will do. */
  SOFT_FAILURE,
  /** It waited in the router until nobody wanted it any more; retransmission will do. */
  EXPIRED,
  /** The destination has no lease set at present: unreachable if that is the answer to a SYN. */
  NO_LEASE_SET,
  /** It can never arrive: bad destination, unsupported encryption, bad message. */
  HARD_FAILURE
}
