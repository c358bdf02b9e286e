package io.i2pstreaming.i2cp;

import org.jspecify.annotations.Nullable;

/**
 * What a router says of a session as a whole. Read by {@link I2cpClient}, which knows what follows.
 *
 * <p>I2CP specification, "SessionStatusMessage".
 */
enum SessionStatus {
  DESTROYED,
  CREATED,
  UPDATED,
  INVALID,
  REFUSED;

  private static final SessionStatus[] BY_CODE = values();

  /** The status with this number, or null when the specification has none. */
  static @Nullable SessionStatus ofCode(int code) {
    return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
  }
}
