package io.i2pstreaming.verification.clients;

import io.i2pstreaming.I2PSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Uses every client, and every getter of a socket, and tells which names were looked up. */
final class LookUpWitness {
  /** Where the resolver writes look-ups down. */
  static final String PROPERTY = "recorded.look-ups";

  private LookUpWitness() {}

  public static void main(String[] args) throws Exception {
    requireTheResolver();
    try (Pair pair = new Pair()) {
      Clients clients = new Clients(pair);
      expect(2, clients.apache().size());
      expect(2, clients.okhttp().size());
      expect(8, clients.postgres("SELECT 1").length());
      expect(5, clients.tlsEcho("hello").length());
      useTheSocket(pair);
    }
    String lookUps = System.getProperty(PROPERTY, "");
    System.out.println("look-ups: " + (lookUps.isEmpty() ? "none" : lookUps));
    System.exit(lookUps.isEmpty() ? 0 : 1);
  }

  /** A witness that cannot see proves nothing. */
  static void requireTheResolver() {
    try {
      throw new IllegalStateException(
          "found " + InetAddress.getAllByName("control.invalid").length);
    } catch (UnknownHostException e) {
      if (!"name control.invalid;".equals(System.clearProperty(PROPERTY))) {
        throw new IllegalStateException("the resolver did not see the control", e);
      }
    }
  }

  private static void useTheSocket(Pair pair) throws Exception {
    try (I2PSocket socket = pair.client.newSocket()) {
      socket.connect(InetSocketAddress.createUnresolved(pair.host(), Clients.HTTP), 120_000);
      for (Object seen :
          List.of(
              socket,
              socket.getLocalAddress().getHostAddress(),
              socket.getRemoteSocketAddress(),
              socket.getLocalSocketAddress(),
              String.valueOf(socket.getInetAddress()))) {
        expect(0, seen.toString().isEmpty() ? 1 : 0);
      }
    }
  }

  private static void expect(int expected, int found) {
    if (expected != found) {
      throw new IllegalStateException("expected " + expected + ", found " + found);
    }
  }
}
