package io.i2pstreaming.i2cp;

import java.util.Map;
import java.util.TreeMap;

/**
 * GetDate, the first frame: the version we announce and, where the router wants them, credentials.
 * Written by {@link I2cpClient}.
 *
 * <p>I2CP specification, "GetDateMessage".
 */
final class DateRequest {
  private final Map<String, String> credentials = new TreeMap<>();

  /** Takes the credentials out of the options of a session. */
  DateRequest(Map<String, String> options) {
    String userName = options.getOrDefault(SessionOptions.USER_NAME, "");
    if (!userName.isEmpty()) {
      credentials.put(SessionOptions.USER_NAME, userName);
      credentials.put(SessionOptions.PASSWORD, options.getOrDefault(SessionOptions.PASSWORD, ""));
    }
  }

  /** Makes {@code out} the frame. */
  void write(FrameOutput out) {
    out.begin(MessageType.GET_DATE).string(I2cpClient.API_VERSION);
    if (!credentials.isEmpty()) {
      out.mapping(credentials);
    }
    out.finish();
  }
}
