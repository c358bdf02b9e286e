package io.i2pstreaming.verification.interop;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Properties;
import net.i2p.client.streaming.I2PSocket;
import net.i2p.client.streaming.I2PSocketManager;
import net.i2p.client.streaming.I2PSocketManagerFactory;
import net.i2p.client.streaming.I2PSocketOptions;
import net.i2p.data.Base32;
import net.i2p.data.Destination;

/**
 * The unmodified reference streaming library behind a loopback TCP port, in a process of its own:
 * every connection to the port becomes a stream to one site. So every HTTP client can be used with
 * it, as with I2P's client tunnels. The end of the standard input ends the process.
 */
final class ReferenceBridge {
  private static final int HTTP_PORT = 80;
  private static final int CONNECT_MILLIS = 180_000;

  private final I2PSocketManager manager;
  private final Destination site;

  private ReferenceBridge(I2PSocketManager manager, Destination site) {
    this.manager = manager;
    this.site = site;
  }

  /** Arguments: I2CP host and port, the site's destination, session options as name=value. */
  public static void main(String[] args) throws Exception {
    PrintStream answers = System.out;
    System.setOut(System.err);
    Properties options = new Properties();
    for (int i = 3; i < args.length; i++) {
      int equals = args[i].indexOf('=');
      options.setProperty(args[i].substring(0, equals), args[i].substring(equals + 1));
    }
    I2PSocketManager manager =
        I2PSocketManagerFactory.createManager(args[0], Integer.parseInt(args[1]), options);
    if (manager == null) {
      System.err.println("no session with " + args[0] + ":" + args[1]);
      // The library may have left threads behind that would keep the process, and its output, open.
      System.exit(1);
      return;
    }
    ReferenceBridge bridge = new ReferenceBridge(manager, new Destination(args[2]));
    ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    start(() -> bridge.accept(server));
    String own =
        Base32.encode(manager.getSession().getMyDestination().calculateHash().getData())
            + ".b32.i2p";
    answers.println("ready\t" + server.getLocalPort() + "\t" + own);
    answers.flush();
    while (System.in.read() >= 0) {
      // Waits for the end.
    }
    Runtime.getRuntime().halt(0);
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept(ServerSocket server) {
    while (true) {
      try {
        Socket tcp = server.accept();
        tcp.setTcpNoDelay(true);
        start(() -> join(tcp));
      } catch (IOException e) {
        System.err.println("accept: " + e);
        return;
      }
    }
  }

  private void join(Socket tcp) {
    try (tcp) {
      I2PSocketOptions options = manager.buildOptions();
      options.setPort(HTTP_PORT);
      options.setConnectTimeout(CONNECT_MILLIS);
      I2PSocket stream = manager.connect(site, options);
      Thread up =
          new Thread(
              () -> {
                try {
                  copy(tcp.getInputStream(), stream.getOutputStream());
                } catch (IOException e) {
                  System.err.println("up: " + e);
                } finally {
                  closeQuietly(stream);
                }
              });
      up.setDaemon(true);
      up.start();
      copy(stream.getInputStream(), tcp.getOutputStream());
    } catch (Exception e) {
      System.err.println("join: " + e);
    }
  }

  private static void copy(InputStream in, OutputStream out) throws IOException {
    byte[] bytes = new byte[8192];
    int read = in.read(bytes);
    while (read >= 0) {
      out.write(bytes, 0, read);
      out.flush();
      read = in.read(bytes);
    }
  }

  private static void closeQuietly(I2PSocket stream) {
    try {
      stream.close();
    } catch (IOException e) {
      System.err.println("close: " + e);
    }
  }
}
