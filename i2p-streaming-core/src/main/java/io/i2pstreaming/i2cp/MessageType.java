package io.i2pstreaming.i2cp;

/** I2CP message types by their wire numbers. */
public final class MessageType {
  public static final int CREATE_SESSION = 1;
  public static final int RECONFIGURE_SESSION = 2;
  public static final int DESTROY_SESSION = 3;
  public static final int CREATE_LEASE_SET = 4;
  public static final int SEND_MESSAGE = 5;
  public static final int GET_BANDWIDTH_LIMITS = 8;
  public static final int SESSION_STATUS = 20;
  public static final int REQUEST_LEASE_SET = 21;
  public static final int MESSAGE_STATUS = 22;
  public static final int BANDWIDTH_LIMITS = 23;
  public static final int DISCONNECT = 30;
  public static final int MESSAGE_PAYLOAD = 31;
  public static final int GET_DATE = 32;
  public static final int SET_DATE = 33;
  public static final int DEST_LOOKUP = 34;
  public static final int DEST_REPLY = 35;
  public static final int SEND_MESSAGE_EXPIRES = 36;
  public static final int REQUEST_VARIABLE_LEASE_SET = 37;
  public static final int HOST_LOOKUP = 38;
  public static final int HOST_REPLY = 39;
  public static final int CREATE_LEASE_SET2 = 41;
  public static final int BLINDING_INFO = 42;

  private MessageType() {}
}
