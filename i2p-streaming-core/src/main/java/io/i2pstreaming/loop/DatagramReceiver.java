package io.i2pstreaming.loop;

/** Takes what arrives for the destination and is not streaming. */
@FunctionalInterface
public interface DatagramReceiver {
  /**
   * One payload of another protocol than 6. Called on the loop thread: must neither block nor
   * throw. The array is the session's again when this returns.
   */
  void datagram(int protocol, int fromPort, int toPort, byte[] bytes, int offset, int length);
}
