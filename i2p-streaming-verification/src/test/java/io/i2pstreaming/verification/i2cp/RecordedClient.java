package io.i2pstreaming.verification.i2cp;

import io.i2pstreaming.i2cp.ByteOutput;
import io.i2pstreaming.i2cp.DeliveryStatus;
import io.i2pstreaming.i2cp.I2cpClient;
import io.i2pstreaming.i2cp.I2cpListener;
import io.i2pstreaming.i2cp.SessionConfig;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.DestinationKeys;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A client whose every write and every event is kept. */
final class RecordedClient implements ByteOutput, I2cpListener {
  final I2cpClient client;
  final Deque<byte[]> writes = new ArrayDeque<>();
  final List<String> events = new ArrayList<>();
  byte[] lastPayload = {};
  long now;

  RecordedClient(SessionConfig config, DestinationKeys keys, RandomGenerator random) {
    client = new I2cpClient(config, keys, random, this, this);
  }

  void feed(byte[] bytes) {
    client.onBytes(now, bytes, 0, bytes.length);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    writes.add(Arrays.copyOfRange(bytes, offset, offset + length));
  }

  @Override
  public void sessionUp(long at) {
    events.add("up");
  }

  @Override
  public void sessionDown(long at, String reason, boolean retryable) {
    events.add("down: " + reason);
  }

  @Override
  public void payload(
      long at, int protocol, int fromPort, int toPort, byte[] bytes, int offset, int length) {
    lastPayload = Arrays.copyOfRange(bytes, offset, offset + length);
    events.add("payload " + protocol + " " + fromPort + " " + toPort);
  }

  @Override
  public void delivery(long at, long nonce, DeliveryStatus status) {
    events.add("delivery " + nonce + " " + status);
  }

  @Override
  public void lookedUp(long at, long lookupId, @Nullable Destination destination) {
    events.add("lookup " + lookupId + " " + (destination == null ? "-" : destination.base32()));
  }
}
