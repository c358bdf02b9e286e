package io.i2pstreaming.verification.interop;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.i2pstreaming.i2cp.ByteOutput;
import io.i2pstreaming.i2cp.DeliveryStatus;
import io.i2pstreaming.i2cp.I2cpClient;
import io.i2pstreaming.i2cp.I2cpListener;
import io.i2pstreaming.i2cp.SessionOptions;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.link.RouterLink;
import io.i2pstreaming.link.TcpRouterAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One I2CP session with a real router over TCP, driven by the test's own thread. */
final class DrivenClient implements ByteOutput, I2cpListener, RouterLink.Receiver, AutoCloseable {
  private static final byte[] END = {};

  /** Tunnels without hops: what an offline router can build. */
  private static final Map<String, String> LOCAL_TUNNELS = localTunnels();

  final DestinationKeys keys;
  final I2cpClient client;
  final List<String> payloads = new ArrayList<>();
  final List<String> deliveries = new ArrayList<>();
  final List<String> lookups = new ArrayList<>();
  final List<Boolean> reconfigured = new ArrayList<>();
  boolean up;
  String down = "";
  boolean retryable;

  private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
  private final RouterLink link;

  DrivenClient(int port, DestinationKeys keys, Map<String, String> options) throws IOException {
    this.keys = keys;
    Map<String, String> all = new HashMap<>(LOCAL_TUNNELS);
    all.putAll(options);
    client =
        new I2cpClient(SessionOptions.sessionConfig(all), keys, new SecureRandom(), this, this);
    link = new TcpRouterAddress("127.0.0.1", port).newLink();
    link.open(this);
    client.onLinkOpen(System.nanoTime());
  }

  private static Map<String, String> localTunnels() {
    Map<String, String> options = new HashMap<>();
    for (String direction : List.of("inbound.", "outbound.")) {
      options.put(direction + "length", "0");
      options.put(direction + "lengthVariance", "0");
      options.put(direction + "quantity", "1");
      options.put(direction + "backupQuantity", "0");
      options.put(direction + "allowZeroHop", "true");
    }
    return Map.copyOf(options);
  }

  /** Handles what the router sends until {@code done}, or until two minutes have passed. */
  boolean await(BooleanSupplier done) throws InterruptedException {
    long start = System.nanoTime();
    while (!done.getAsBoolean() && System.nanoTime() - start < SECONDS.toNanos(120)) {
      byte[] chunk = received.poll(50, MILLISECONDS);
      long now = System.nanoTime();
      if (chunk == END) {
        client.onLinkClosed(now, "closed");
      } else if (chunk != null) {
        client.onBytes(now, chunk, 0, chunk.length);
      }
      if (client.nextDeadline() <= now) {
        client.onTimer(now);
      }
    }
    return done.getAsBoolean();
  }

  /** Asks for one more tunnel each way; returns the router's answer. */
  boolean reconfigure() throws InterruptedException {
    Map<String, String> options = new HashMap<>(LOCAL_TUNNELS);
    options.put("inbound.quantity", "2");
    options.put("outbound.quantity", "2");
    client.reconfigure(System.nanoTime(), SessionOptions.sessionConfig(options));
    return await(() -> !reconfigured.isEmpty()) && reconfigured.get(0);
  }

  boolean send(Destination to, String text, long nonce) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return client.send(
        System.nanoTime(),
        to,
        18,
        5,
        7,
        bytes,
        0,
        bytes.length,
        true,
        nonce,
        SECONDS.toNanos(60),
        true);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    try {
      link.write(bytes, offset, length);
    } catch (IOException e) {
      received.add(END);
    }
  }

  @Override
  public void received(byte[] bytes, int offset, int length) {
    received.add(Arrays.copyOfRange(bytes, offset, offset + length));
  }

  @Override
  public void closed(@Nullable IOException cause) {
    received.add(END);
  }

  @Override
  public void reconfigured(long now, boolean taken) {
    reconfigured.add(taken);
  }

  @Override
  public void sessionUp(long now) {
    up = true;
  }

  @Override
  public void sessionDown(long now, String reason, boolean canRetry) {
    down = reason;
    retryable = canRetry;
  }

  @Override
  public void payload(
      long now, int protocol, int fromPort, int toPort, byte[] bytes, int offset, int length) {
    String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
    payloads.add(protocol + " " + fromPort + " " + toPort + " " + text);
  }

  @Override
  public void delivery(long now, long nonce, DeliveryStatus status) {
    deliveries.add(nonce + " " + status);
  }

  @Override
  public void lookedUp(long now, long lookupId, @Nullable Destination destination) {
    lookups.add(lookupId + " " + (destination == null ? "nothing" : destination.base32()));
  }

  @Override
  public void close() {
    client.close(System.nanoTime());
    link.close();
  }
}
