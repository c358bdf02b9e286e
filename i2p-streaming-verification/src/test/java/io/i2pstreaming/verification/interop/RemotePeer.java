package io.i2pstreaming.verification.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import net.i2p.client.I2PSession;
import net.i2p.client.streaming.I2PSocketManager;
import net.i2p.client.streaming.impl.I2PSocketManagerFull;

/** The near end of a {@link ReferencePeer}: the process and the conversation with it. */
final class RemotePeer implements Peer {
  private static final Duration READY_DEADLINE = Duration.ofMinutes(3);
  private static final Duration SLACK = Duration.ofMinutes(1);

  /** Session options that need no tunnels, for a router without a network. */
  static final List<String> LOCAL_OPTIONS =
      List.of(
          "inbound.length=0",
          "inbound.lengthVariance=0",
          "inbound.quantity=1",
          "inbound.backupQuantity=0",
          "inbound.allowZeroHop=true",
          "outbound.length=0",
          "outbound.lengthVariance=0",
          "outbound.quantity=1",
          "outbound.backupQuantity=0",
          "outbound.allowZeroHop=true",
          "i2cp.leaseSetEncType=4");

  private final Path folder;
  private final ChildProcess child;
  private final PrintStream commands;
  private final Map<Long, CompletableFuture<String>> waiting = new ConcurrentHashMap<>();
  private final CompletableFuture<String> ready = new CompletableFuture<>();
  private final AtomicLong tags = new AtomicLong();
  private final String destination;

  private RemotePeer(int i2cpPort, List<String> moreOptions) throws IOException {
    folder = ChildProcess.newFolder("reference");
    List<String> arguments = new ArrayList<>(List.of("127.0.0.1", Integer.toString(i2cpPort)));
    arguments.addAll(LOCAL_OPTIONS);
    arguments.addAll(moreOptions);
    child =
        ChildProcess.startJava(
            folder,
            ReferencePeer.class,
            true,
            List.of(I2PSession.class, I2PSocketManager.class, I2PSocketManagerFull.class),
            arguments);
    commands = new PrintStream(child.process().getOutputStream(), true, StandardCharsets.US_ASCII);
    Thread reader = new Thread(this::readAnswers, "reference-answers");
    reader.setDaemon(true);
    reader.start();
    try {
      destination = await(ready, READY_DEADLINE);
    } catch (IllegalStateException e) {
      close();
      throw e;
    }
  }

  /** Starts the reference library against the router whose I2CP listens on this loopback port. */
  static RemotePeer start(int i2cpPort) throws IOException {
    return new RemotePeer(i2cpPort, List.of());
  }

  /** The same with session options as {@code name=value}, which win over the usual ones. */
  static RemotePeer start(int i2cpPort, List<String> moreOptions) throws IOException {
    return new RemotePeer(i2cpPort, moreOptions);
  }

  @Override
  public String destination() {
    return destination;
  }

  @Override
  public void serve(int port, Service service) {
    String answer = ask(SLACK, "serve", port, service);
    if (!answer.equals("ok")) {
      throw new IllegalStateException(answer);
    }
  }

  @Override
  public Report served(int port, Duration deadline) {
    return Report.parse(ask(deadline.plus(SLACK), "served", port, deadline.toMillis()));
  }

  @Override
  public Report dial(
      Exchange exchange, String destination, int port, long bytes, long seed, Duration deadline) {
    return Report.parse(
        ask(
            deadline.plus(SLACK),
            "dial",
            exchange,
            destination,
            port,
            bytes,
            seed,
            deadline.toMillis()));
  }

  @Override
  public long ping(String destination, int port, Duration timeout) {
    return Long.parseLong(ask(timeout.plus(SLACK), "ping", destination, port, timeout.toMillis()));
  }

  /** Sends a payload from the destination of the streams; with protocol 17 a repliable one. */
  void sendDatagram(String destination, int protocol, int fromPort, int toPort, String hex) {
    String answer = ask(SLACK, "datagram", destination, protocol, fromPort, toPort, hex);
    if (!answer.equals("ok")) {
      throw new IllegalStateException(answer);
    }
  }

  /** The next datagram that came; see {@link ReferenceDatagrams#next}. */
  String nextDatagram(Duration deadline) {
    return ask(deadline.plus(SLACK), "datagrams", deadline.toMillis());
  }

  @Override
  public void close() {
    child.kill();
    ChildProcess.remove(folder);
  }

  private String ask(Duration deadline, Object... words) {
    long tag = tags.incrementAndGet();
    CompletableFuture<String> answer = new CompletableFuture<>();
    waiting.put(tag, answer);
    StringBuilder line = new StringBuilder().append(tag);
    for (Object word : words) {
      line.append('\t').append(word);
    }
    commands.println(line);
    try {
      return await(answer, deadline);
    } finally {
      waiting.remove(tag);
    }
  }

  private String await(CompletableFuture<String> answer, Duration deadline) {
    try {
      return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new IllegalStateException(
          "the reference does not answer: " + e + "\n" + child.logTail(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void readAnswers() {
    IOException end = new IOException("its process ended");
    try (BufferedReader answers =
        new BufferedReader(
            new InputStreamReader(child.process().getInputStream(), StandardCharsets.US_ASCII))) {
      String line;
      while ((line = answers.readLine()) != null) {
        answered(line);
      }
    } catch (IOException e) {
      end = e;
    }
    ready.completeExceptionally(end);
    for (CompletableFuture<String> answer : waiting.values()) {
      answer.completeExceptionally(end);
    }
  }

  private void answered(String line) {
    int tab = line.indexOf('\t');
    String tag = tab < 0 ? line : line.substring(0, tab);
    String text = line.substring(tab + 1);
    if (tag.equals("ready")) {
      ready.complete(text);
      return;
    }
    CompletableFuture<String> answer = waiting.get(Long.parseLong(tag));
    if (answer != null) {
      answer.complete(text);
    }
  }
}
