package io.i2pstreaming.verification.interop;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The i2pd of Debian's package, alone in a network of its own. It runs two tunnels: a server tunnel
 * in front of a plain TCP service, and a client tunnel from a TCP port to a destination of ours.
 */
final class I2pdProcess extends RouterProcess {
  private static final Path PROGRAM = Path.of("/usr/sbin/i2pd");
  private static final Path CERTIFICATES = Path.of("/usr/share/i2pd/certificates");
  private static final int DESTINATION_BYTES = 391;
  private static final Duration TUNNEL_DEADLINE = Duration.ofMinutes(3);

  /** Session options under which one i2pd finds the lease sets of its own clients. */
  static final List<String> LEGACY_LEASE_SET =
      List.of("i2cp.leaseSetEncType=0", "i2cp.leaseSetType=1");

  private final List<Integer> serverTunnelTargets;
  private final String dialledBase32;

  /** The TCP port of the client tunnel to each I2P port. */
  private final Map<Integer, Integer> clientTunnelPorts = new TreeMap<>();

  private I2pdProcess(
      List<Integer> serverTunnelTargets, String dialledBase32, List<Integer> dialledPorts)
      throws IOException {
    super("i2pd");
    this.serverTunnelTargets = serverTunnelTargets;
    this.dialledBase32 = dialledBase32;
    for (int dialledPort : dialledPorts) {
      clientTunnelPorts.put(dialledPort, ChildProcess.freePort());
    }
  }

  /**
   * Starts one with a server tunnel that ends at each of the loopback ports {@code
   * serverTunnelTargets}, and a client tunnel that dials each of the ports of the given address.
   * Skips the calling test, loudly, where i2pd is not installed; fails it where the environment
   * says {@code CI}.
   */
  static I2pdProcess started(
      List<Integer> serverTunnelTargets, String dialledBase32, List<Integer> dialledPorts)
      throws IOException {
    if (!Files.isExecutable(PROGRAM)) {
      String message = PROGRAM + " is not installed: nothing was tried against i2pd";
      if (System.getenv("CI") != null) {
        fail(message);
      }
      System.err.println("WARNING: " + message);
      abort(message);
    }
    I2pdProcess router = new I2pdProcess(serverTunnelTargets, dialledBase32, dialledPorts);
    router.configure();
    router.start();
    return router;
  }

  /** The TCP port of the client tunnel that dials this I2P port. */
  int clientTunnelPort(int dialledPort) {
    return Objects.requireNonNull(clientTunnelPorts.get(dialledPort));
  }

  /**
   * The destination of the server tunnel that ends at this loopback port, in I2P Base64; known once
   * the router has started.
   */
  String serverTunnelDestination(int target) throws IOException {
    byte[] keys = Files.readAllBytes(folder.resolve("server-" + target + ".dat"));
    return Base64.getEncoder()
        .encodeToString(Arrays.copyOf(keys, DESTINATION_BYTES))
        .replace('+', '-')
        .replace('/', '~');
  }

  /** Waits until the server tunnel can be found, which is later than the I2CP port is open. */
  void awaitServerTunnel(int target, OurPeer dialler) throws IOException {
    dialler.awaitPong(serverTunnelDestination(target));
  }

  /**
   * Waits until the client tunnel to this I2P port, where an echo is served, finds whom it dials. A
   * connection that comes earlier is closed, and its owner would try again.
   */
  void awaitClientTunnel(int dialledPort) throws IOException {
    long startNanos = System.nanoTime();
    while (!echoes(clientTunnelPort(dialledPort))) {
      if (System.nanoTime() - startNanos > TUNNEL_DEADLINE.toNanos()) {
        throw new IOException("a client tunnel of i2pd never reached its destination");
      }
      Tally.pause(Duration.ofMillis(200));
    }
  }

  private static boolean echoes(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) TUNNEL_DEADLINE.toMillis());
      socket.getOutputStream().write(1);
      return socket.getInputStream().read() == 1;
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  ChildProcess launch() throws IOException {
    return ChildProcess.start(
        folder,
        List.of(
            PROGRAM.toString(),
            "--datadir=" + folder,
            "--conf=" + folder.resolve("i2pd.conf"),
            "--tunconf=" + folder.resolve("tunnels.conf"),
            "--tunnelsdir=" + folder.resolve("tunnels.d")));
  }

  private void configure() throws IOException {
    Files.createSymbolicLink(folder.resolve("certificates"), CERTIFICATES);
    Files.createDirectory(folder.resolve("tunnels.d"));
    Files.writeString(
        folder.resolve("i2pd.conf"),
        """
        log=file
        logfile=%1$s/i2pd.log
        daemon=false
        host=127.0.0.1
        address4=127.0.0.1
        port=%2$d
        ipv4=true
        ipv6=false
        nat=false
        reservedrange=false
        netid=77
        floodfill=true
        bandwidth=X
        [reseed]
        verify=false
        threshold=0
        urls=
        yggurls=
        [ntcp2]
        enabled=true
        published=true
        port=%2$d
        [ssu2]
        enabled=false
        [http]
        enabled=false
        [httpproxy]
        enabled=false
        [socksproxy]
        enabled=false
        [sam]
        enabled=false
        [bob]
        enabled=false
        [i2pcontrol]
        enabled=false
        [upnp]
        enabled=false
        [nettime]
        enabled=false
        [i2cp]
        enabled=true
        address=127.0.0.1
        port=%3$d
        [exploratory]
        inbound.length=0
        outbound.length=0
        inbound.quantity=2
        outbound.quantity=2
        [addressbook]
        subscriptions=http://127.0.0.1:9/hosts.txt
        defaulturl=http://127.0.0.1:9/hosts.txt
        """
            .formatted(folder, ChildProcess.freePort(), port));
    Files.writeString(folder.resolve("tunnels.conf"), tunnels());
  }

  private String tunnels() {
    String common =
        """
        signaturetype=7
        inbound.length=0
        outbound.length=0
        i2cp.leaseSetType=1
        i2cp.leaseSetEncType=0
        """;
    StringBuilder tunnels = new StringBuilder();
    for (int target : serverTunnelTargets) {
      tunnels.append(
          """
          [server-%1$d]
          type=server
          host=127.0.0.1
          port=%1$d
          keys=server-%1$d.dat
          i2p.streaming.answerPings=true
          %2$s
          """
              .formatted(target, common));
    }
    clientTunnelPorts.forEach(
        (dialledPort, tcpPort) ->
            tunnels.append(
                """
                [client-%1$d]
                type=client
                address=127.0.0.1
                port=%2$d
                destination=%3$s
                destinationport=%1$d
                keys=client-%1$d.dat
                %4$s
                """
                    .formatted(dialledPort, tcpPort, dialledBase32, common)));
    return tunnels.toString();
  }
}
