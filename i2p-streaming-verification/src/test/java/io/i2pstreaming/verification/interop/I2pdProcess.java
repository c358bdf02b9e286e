package io.i2pstreaming.verification.interop;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * The i2pd of Debian's package, alone in a network of its own. It runs two tunnels: a server tunnel
 * in front of a plain TCP service, and a client tunnel from a TCP port to a destination of ours.
 */
final class I2pdProcess extends RouterProcess {
  private static final Path PROGRAM = Path.of("/usr/sbin/i2pd");
  private static final Path CERTIFICATES = Path.of("/usr/share/i2pd/certificates");
  private static final int DESTINATION_BYTES = 391;

  /** Session options under which one i2pd finds the lease sets of its own clients. */
  static final List<String> LEGACY_LEASE_SET =
      List.of("i2cp.leaseSetEncType=0", "i2cp.leaseSetType=1");

  /** The TCP port of the client tunnel. */
  final int clientTunnelPort;

  private final int serverTunnelTarget;
  private final String dialledBase32;
  private final int dialledPort;

  private I2pdProcess(int serverTunnelTarget, String dialledBase32, int dialledPort)
      throws IOException {
    super("i2pd");
    this.serverTunnelTarget = serverTunnelTarget;
    this.dialledBase32 = dialledBase32;
    this.dialledPort = dialledPort;
    clientTunnelPort = ChildProcess.freePort();
  }

  /**
   * Starts one whose server tunnel ends at the loopback port {@code serverTunnelTarget}, and whose
   * client tunnel dials the given address. Skips the calling test, loudly, where i2pd is not
   * installed; fails it where the environment says {@code CI}.
   */
  static I2pdProcess started(int serverTunnelTarget, String dialledBase32, int dialledPort)
      throws IOException {
    if (!Files.isExecutable(PROGRAM)) {
      String message = PROGRAM + " is not installed: nothing was tried against i2pd";
      if (System.getenv("CI") != null) {
        fail(message);
      }
      System.err.println("WARNING: " + message);
      abort(message);
    }
    I2pdProcess router = new I2pdProcess(serverTunnelTarget, dialledBase32, dialledPort);
    router.configure();
    router.start();
    return router;
  }

  /** The destination of the server tunnel, in I2P Base64; known once the router has started. */
  String serverTunnelDestination() throws IOException {
    byte[] keys = Files.readAllBytes(folder.resolve("echo.dat"));
    return Base64.getEncoder()
        .encodeToString(Arrays.copyOf(keys, DESTINATION_BYTES))
        .replace('+', '-')
        .replace('/', '~');
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
    String common =
        """
        signaturetype=7
        inbound.length=0
        outbound.length=0
        i2cp.leaseSetType=1
        i2cp.leaseSetEncType=0
        """;
    Files.writeString(
        folder.resolve("tunnels.conf"),
        """
        [echo]
        type=server
        host=127.0.0.1
        port=%d
        keys=echo.dat
        %s
        [dial]
        type=client
        address=127.0.0.1
        port=%d
        destination=%s
        destinationport=%d
        keys=dial.dat
        %s
        """
            .formatted(
                serverTunnelTarget, common, clientTunnelPort, dialledBase32, dialledPort, common));
  }
}
