package io.i2pstreaming.embedded;

import io.i2pstreaming.link.RouterAddress;
import io.i2pstreaming.link.RouterLink;
import java.io.IOException;

/**
 * An I2CP router inside this process. It connects only its own clients with each other and gives no
 * anonymity at all: for development, samples and tests. Clients reach it in-process, and on a
 * loopback TCP port if one is asked for, with the same I2CP bytes.
 */
public final class EmbeddedRouter implements RouterAddress, AutoCloseable {
  /** Collects settings. */
  public static Builder builder() {
    return new Builder();
  }

  /** Starts the router's thread and, if asked for, its TCP port. */
  public void start() throws IOException {
    throw new UnsupportedOperationException("seam");
  }

  /** The loopback I2CP port, or −1 when there is none. */
  public int port() {
    throw new UnsupportedOperationException("seam");
  }

  /** The conditions between all pairs of destinations now. */
  public NetworkConditions conditions() {
    throw new UnsupportedOperationException("seam");
  }

  /** Changes the conditions while traffic runs. */
  public void conditions(NetworkConditions conditions) {
    throw new UnsupportedOperationException("seam");
  }

  /** What the network did so far. */
  public NetworkStats stats() {
    throw new UnsupportedOperationException("seam");
  }

  @Override
  public RouterLink newLink() {
    throw new UnsupportedOperationException("seam");
  }

  @Override
  public String describe() {
    return "embedded router";
  }

  @Override
  public boolean anonymous() {
    return false;
  }

  /** Ends all sessions and the thread. Links see a close. May be started again. */
  @Override
  public void close() {
    throw new UnsupportedOperationException("seam");
  }

  /** Settings of a new router. */
  public static final class Builder {
    private Builder() {}

    /** The network between destinations; default perfect. */
    public Builder conditions(NetworkConditions conditions) {
      throw new UnsupportedOperationException("seam");
    }

    /** The seed of every random decision of the network; default 0. */
    public Builder seed(long seed) {
      throw new UnsupportedOperationException("seam");
    }

    /**
     * Also listen on this loopback TCP port; 0 takes a free one. Without this call: in-process
     * only.
     */
    public Builder port(int port) {
      throw new UnsupportedOperationException("seam");
    }

    /** A router that is not started yet. */
    public EmbeddedRouter build() {
      throw new UnsupportedOperationException("seam");
    }
  }
}
