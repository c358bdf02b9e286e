package io.i2pstreaming.verification.interop;

import io.i2pstreaming.i2cp.PayloadSession;
import io.i2pstreaming.identity.Destination;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Properties;
import java.util.function.Consumer;
import net.i2p.client.I2PClientFactory;
import net.i2p.client.I2PSession;
import net.i2p.client.I2PSessionException;
import net.i2p.client.I2PSessionMuxedListener;
import net.i2p.data.DataFormatException;
import org.jspecify.annotations.Nullable;

/** The reference's own session object, lent to a manager of ours. */
final class ReferenceSession implements PayloadSession, I2PSessionMuxedListener {
  /**
   * The reference asks first and begins to wait then: an answer that is faster wakes nobody, and is
   * only looked at when the time is over.
   */
  private static final long LOOKUP_MILLIS = 15_000;

  private final I2PSession session;
  private volatile @Nullable Receiver receiver;
  volatile boolean closed;

  /** Opens the session; blocks until it has tunnels. */
  ReferenceSession(int i2cpPort, byte[] keyFile) throws I2PSessionException {
    Properties options = new Properties();
    for (String option : RemotePeer.LOCAL_OPTIONS) {
      int equals = option.indexOf('=');
      options.setProperty(option.substring(0, equals), option.substring(equals + 1));
    }
    options.setProperty("i2cp.tcp.host", "127.0.0.1");
    options.setProperty("i2cp.tcp.port", Integer.toString(i2cpPort));
    session =
        I2PClientFactory.createClient().createSession(new ByteArrayInputStream(keyFile), options);
    session.connect();
  }

  @Override
  public Destination destination() {
    byte[] bytes = session.getMyDestination().toByteArray();
    return Destination.parse(bytes, 0, bytes.length);
  }

  @Override
  public void open(Receiver receiver) {
    this.receiver = receiver;
    session.addMuxedSessionListener(this, I2PSession.PROTO_ANY, I2PSession.PORT_ANY);
  }

  @Override
  public boolean send(Destination to, int protocol, int fromPort, int toPort, byte[] payload)
      throws IOException {
    try {
      net.i2p.data.Destination theirs = new net.i2p.data.Destination();
      theirs.fromByteArray(to.bytes());
      return session.sendMessage(
          theirs, payload, 0, payload.length, null, null, protocol, fromPort, toPort);
    } catch (I2PSessionException | DataFormatException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void lookup(String name, Consumer<@Nullable Destination> answer) {
    Thread thread =
        new Thread(
            () -> {
              try {
                net.i2p.data.Destination found = session.lookupDest(name, LOOKUP_MILLIS);
                answer.accept(
                    found == null ? null : Destination.parse(found.toByteArray(), 0, found.size()));
              } catch (I2PSessionException e) {
                answer.accept(null);
              }
            },
            "reference-lookup");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    closed = true;
  }

  /** Ends the session as its owner. */
  void destroy() throws I2PSessionException {
    session.destroySession();
  }

  @Override
  public void messageAvailable(
      I2PSession from, int id, long size, int protocol, int fromPort, int toPort) {
    try {
      byte[] payload = from.receiveMessage(id);
      Receiver known = receiver;
      if (payload != null && known != null) {
        known.received(protocol, fromPort, toPort, payload);
      }
    } catch (I2PSessionException e) {
      System.err.println("receiving: " + e);
    }
  }

  @Override
  public void messageAvailable(I2PSession from, int id, long size) {
    System.err.println("a message without protocol");
  }

  @Override
  public void reportAbuse(I2PSession from, int severity) {}

  @Override
  public void disconnected(I2PSession from) {
    Receiver known = receiver;
    if (known != null) {
      known.closed("the reference says that it is disconnected");
    }
  }

  @Override
  public void errorOccurred(I2PSession from, String message, Throwable error) {
    System.err.println("session: " + message + ": " + error);
  }
}
