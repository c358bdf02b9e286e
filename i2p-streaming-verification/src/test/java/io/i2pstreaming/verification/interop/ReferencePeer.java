package io.i2pstreaming.verification.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import net.i2p.I2PException;
import net.i2p.client.streaming.I2PServerSocket;
import net.i2p.client.streaming.I2PSocket;
import net.i2p.client.streaming.I2PSocketManager;
import net.i2p.client.streaming.I2PSocketManagerFactory;
import net.i2p.client.streaming.I2PSocketOptions;
import net.i2p.data.DataFormatException;
import net.i2p.data.Destination;

/**
 * The unmodified reference streaming library as a peer, in a process of its own (its context is one
 * per JVM). Commands come line by line on the standard input, each starts with a tag, and the
 * answer to a command starts with the same tag; commands run side by side. The end of the input
 * ends the process, so that it never outlives the one that started it. See {@link RemotePeer}.
 */
final class ReferencePeer extends LocalPeer {
  private final I2PSocketManager manager;
  private final Map<Integer, Service> services = new ConcurrentHashMap<>();

  private final ReferenceDatagrams datagrams;

  private ReferencePeer(I2PSocketManager manager) {
    this.manager = manager;
    this.datagrams = new ReferenceDatagrams(manager.getSession());
  }

  /** Arguments: host and port of the router's I2CP, then session options as {@code name=value}. */
  public static void main(String[] args) throws IOException {
    PrintStream answers = System.out;
    System.setOut(System.err);
    Properties options = new Properties();
    for (int i = 2; i < args.length; i++) {
      int equals = args[i].indexOf('=');
      options.setProperty(args[i].substring(0, equals), args[i].substring(equals + 1));
    }
    I2PSocketManager manager =
        I2PSocketManagerFactory.createManager(args[0], Integer.parseInt(args[1]), options);
    if (manager == null) {
      System.err.println("no session with " + args[0] + ":" + args[1]);
      System.exit(1);
      return;
    }
    ReferencePeer peer = new ReferencePeer(manager);
    peer.acceptOn(manager.getServerSocket());
    answers.println("ready\t" + peer.destination());
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    String command;
    while ((command = commands.readLine()) != null) {
      String[] words = command.split("\t", -1);
      peer.execute(
          () -> {
            String answer = words[0] + "\t" + peer.answer(words);
            synchronized (answers) {
              answers.println(answer);
              answers.flush();
            }
          });
    }
    Runtime.getRuntime().halt(0);
  }

  private String answer(String[] words) {
    try {
      return switch (words[1]) {
        case "serve" -> {
          serve(Integer.parseInt(words[2]), Service.valueOf(words[3]));
          yield "ok";
        }
        case "served" ->
            served(Integer.parseInt(words[2]), Duration.ofMillis(Long.parseLong(words[3])))
                .toLine();
        case "dial" ->
            dial(
                    Exchange.valueOf(words[2]),
                    words[3],
                    Integer.parseInt(words[4]),
                    Long.parseLong(words[5]),
                    Long.parseLong(words[6]),
                    Duration.ofMillis(Long.parseLong(words[7])))
                .toLine();
        case "ping" ->
            Long.toString(
                ping(
                    words[2],
                    Integer.parseInt(words[3]),
                    Duration.ofMillis(Long.parseLong(words[4]))));
        case "datagram" -> {
          datagrams.send(
              words[2],
              Integer.parseInt(words[3]),
              Integer.parseInt(words[4]),
              Integer.parseInt(words[5]),
              words[6]);
          yield "ok";
        }
        case "datagrams" -> datagrams.next(Long.parseLong(words[2]));
        default -> "unknown command";
      };
    } catch (RuntimeException e) {
      return describe(e);
    }
  }

  private void acceptOn(I2PServerSocket server) {
    execute(
        () -> {
          while (!manager.isDestroyed()) {
            try {
              I2PSocket socket = server.accept();
              Service service = socket == null ? null : services.get(socket.getLocalPort());
              if (service != null) {
                accepted(new Stream(socket), socket.getLocalPort(), service);
              } else if (socket != null) {
                socket.reset();
              }
            } catch (I2PException | ConnectException e) {
              System.err.println("accept: " + e);
              return;
            } catch (IOException e) {
              System.err.println("refusing: " + e);
            }
          }
        });
  }

  @Override
  public String destination() {
    return manager.getSession().getMyDestination().toBase64();
  }

  @Override
  public void serve(int port, Service service) {
    services.put(port, service);
  }

  @Override
  PeerStream open(String destination, int port, Duration timeout) throws Exception {
    I2PSocketOptions options = manager.buildOptions();
    options.setPort(port);
    options.setConnectTimeout(timeout.toMillis());
    return new Stream(manager.connect(new Destination(destination), options));
  }

  @Override
  public long ping(String destination, int port, Duration timeout) {
    try {
      long startNanos = System.nanoTime();
      boolean answered = manager.ping(new Destination(destination), 0, port, timeout.toMillis());
      return answered ? (System.nanoTime() - startNanos) / 1_000_000 : -1;
    } catch (DataFormatException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private record Stream(I2PSocket socket) implements PeerStream {
    @Override
    public InputStream input() throws IOException {
      return socket.getInputStream();
    }

    @Override
    public OutputStream output() throws IOException {
      return socket.getOutputStream();
    }

    @Override
    public void endOutput() throws IOException {
      try {
        socket.getOutputStream().close();
      } catch (IOException e) {
        // What the reference says when the peer, who ended first, is gone before it confirms our
        // end. The other side's report tells whether all bytes came.
        if (!"disconnected".equals(e.getMessage())) {
          throw e;
        }
      }
    }

    @Override
    public void readTimeout(Duration timeout) {
      socket.setReadTimeout(timeout.toMillis());
    }

    @Override
    public void awaitAcknowledged() {
      // Closing the output waited for it already: the reference has no other way to ask.
    }

    @Override
    public void reset() throws IOException {
      socket.reset();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
