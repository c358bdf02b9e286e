package io.i2pstreaming.i2cp;

/**
 * Codes of MessageStatus.
 *
 * <p>I2CP specification, "MessageStatusMessage".
 */
public enum DeliveryStatus {
  AVAILABLE(0),
  ACCEPTED(1),
  BEST_EFFORT_SUCCESS(2),
  BEST_EFFORT_FAILURE(3),
  GUARANTEED_SUCCESS(4),
  GUARANTEED_FAILURE(5),
  LOCAL_SUCCESS(6),
  LOCAL_FAILURE(7),
  ROUTER_FAILURE(8),
  NETWORK_FAILURE(9),
  BAD_SESSION(10),
  BAD_MESSAGE(11),
  BAD_OPTIONS(12),
  OVERFLOW(13),
  EXPIRED(14),
  BAD_LOCAL_LEASE_SET(15),
  NO_LOCAL_TUNNELS(16),
  UNSUPPORTED_ENCRYPTION(17),
  BAD_DESTINATION(18),
  BAD_LEASE_SET(19),
  EXPIRED_LEASE_SET(20),
  NO_LEASE_SET(21),
  META_LEASE_SET(22),
  LOOPBACK_DENIED(23),
  /** A code that is not in the specification: a failure. */
  UNKNOWN(-1);

  /** Kept because {@code values()} copies, and statuses come with messages. */
  private static final DeliveryStatus[] ALL = values();

  private final int code;

  DeliveryStatus(int code) {
    this.code = code;
  }

  /** The number on the wire. */
  public int code() {
    return code;
  }

  /** The status with this number, {@link #UNKNOWN} when there is none. */
  public static DeliveryStatus ofCode(int code) {
    for (DeliveryStatus status : ALL) {
      if (status.code == code) {
        return status;
      }
    }
    return UNKNOWN;
  }

  /** Whether the message was taken over or arrived. */
  public boolean success() {
    return this == ACCEPTED
        || this == BEST_EFFORT_SUCCESS
        || this == GUARANTEED_SUCCESS
        || this == LOCAL_SUCCESS;
  }
}
