package io.i2pstreaming.spring;

/**
 * Names of the headers that listener methods may take with {@code @Header}. Those of the peer must
 * not get into logs, metrics or traces.
 */
public final class I2PHeaders {
  /** The peer, a {@code Destination}. */
  public static final String REMOTE_DESTINATION = "i2p_remoteDestination";

  /** The peer and its port, an {@code I2PAddress}. */
  public static final String REMOTE_ADDRESS = "i2p_remoteAddress";

  /** The peer as text, {@code ….b32.i2p}. */
  public static final String REMOTE_BASE32 = "i2p_remoteBase32";

  /** The peer's I2P port, an {@code Integer}; 0 if it does not say. */
  public static final String REMOTE_PORT = "i2p_remotePort";

  /** Our I2P port that the peer dialled, an {@code Integer}. */
  public static final String LOCAL_PORT = "i2p_localPort";

  /** The listener's id, a text; absent when no container runs it. */
  public static final String LISTENER_ID = "i2p_listenerId";

  /** Name of the stream manager, a text; absent when no container runs the listener. */
  public static final String MANAGER = "i2p_manager";

  /** Number of the stream among those of its manager, a {@code Long}, as endpoints show it. */
  public static final String STREAM_ID = "i2p_streamId";

  /** The {@code I2PSocket}. */
  public static final String SOCKET = "i2p_socket";

  private I2PHeaders() {}
}
