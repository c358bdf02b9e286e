package io.i2pstreaming.verification.interop;

import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.i2p.client.I2PSession;
import net.i2p.client.I2PSessionException;
import net.i2p.client.I2PSessionMuxedListener;
import net.i2p.client.datagram.I2PDatagramDissector;
import net.i2p.client.datagram.I2PDatagramMaker;
import net.i2p.client.datagram.I2PInvalidDatagramException;
import net.i2p.data.DataFormatException;
import net.i2p.data.Destination;

/** Datagrams of the reference's session, beside the streams that its manager has on it. */
final class ReferenceDatagrams implements I2PSessionMuxedListener {
  private static final int MAX_WAITING = 1024;

  private final I2PSession session;
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>(MAX_WAITING);

  ReferenceDatagrams(I2PSession session) {
    this.session = session;
    for (int protocol : new int[] {I2PSession.PROTO_DATAGRAM, I2PSession.PROTO_DATAGRAM_RAW, 20}) {
      session.addMuxedSessionListener(this, protocol, I2PSession.PORT_ANY);
    }
  }

  /** Sends the payload; with protocol 17 as a repliable datagram. */
  void send(String destination, int protocol, int fromPort, int toPort, String hex) {
    byte[] payload = HexFormat.of().parseHex(hex);
    if (protocol == I2PSession.PROTO_DATAGRAM) {
      payload = new I2PDatagramMaker(session).makeI2PDatagram(payload);
    }
    try {
      session.sendMessage(
          new Destination(destination),
          payload,
          0,
          payload.length,
          null,
          null,
          protocol,
          fromPort,
          toPort);
    } catch (I2PSessionException | DataFormatException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The next datagram as protocol, ports, verified sender or a dash, and payload. */
  String next(long millis) {
    try {
      String next = received.poll(millis, TimeUnit.MILLISECONDS);
      return next == null ? "none" : next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  @Override
  public void messageAvailable(
      I2PSession from, int id, long size, int protocol, int fromPort, int toPort) {
    try {
      byte[] payload = from.receiveMessage(id);
      String sender = "-";
      if (protocol == I2PSession.PROTO_DATAGRAM) {
        I2PDatagramDissector dissector = new I2PDatagramDissector();
        dissector.loadI2PDatagram(payload);
        sender = dissector.getSender().toBase64();
        payload = dissector.getPayload();
      }
      String hex = HexFormat.of().formatHex(payload);
      received.add(String.join(" ", protocol + "", fromPort + "", toPort + "", sender, hex));
    } catch (I2PSessionException | DataFormatException | I2PInvalidDatagramException e) {
      received.add("broken: " + e);
    }
  }

  @Override
  public void messageAvailable(I2PSession from, int id, long size) {
    received.add("a message without protocol");
  }

  @Override
  public void reportAbuse(I2PSession from, int severity) {}

  @Override
  public void disconnected(I2PSession from) {}

  @Override
  public void errorOccurred(I2PSession from, String message, Throwable error) {
    System.err.println("datagrams: " + message + ": " + error);
  }
}
