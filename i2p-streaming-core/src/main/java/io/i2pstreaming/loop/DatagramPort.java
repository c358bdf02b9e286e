package io.i2pstreaming.loop;

import io.i2pstreaming.identity.Destination;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The protocols beside streaming on one destination: hands what comes to the receiver, if there is
 * one, and sends what the application wants sent. Never looks into a datagram. {@link #send},
 * {@link #receiver} and the counts may be used by any thread, the rest by the loop thread only.
 */
public final class DatagramPort {
  /** The I2CP protocol number of streaming, which never passes here. */
  public static final int STREAMING = 6;

  /** Bytes that may wait for the loop: more is not taken. */
  public static final int MAX_WAITING_BYTES = 1 << 20;

  /** How long routers may keep a datagram. */
  private static final long LIFETIME_NANOS = 60_000_000_000L;

  private final Mailbox mailbox;
  private final Junction junction;
  private final AtomicInteger waitingBytes = new AtomicInteger();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong notSent = new AtomicLong();
  private volatile @Nullable DatagramReceiver receiver;

  /** Payloads of other protocols that nobody wanted. Owned by the loop thread. */
  private long unclaimed;

  DatagramPort(Mailbox mailbox, Junction junction) {
    this.mailbox = mailbox;
    this.junction = junction;
  }

  /** Gives what comes from now on to {@code next}, or to nobody. */
  public void receiver(@Nullable DatagramReceiver next) {
    receiver = next;
  }

  /**
   * Leaves a datagram for the loop, which sends it if there is a session by then.
   *
   * @param payload belongs to the loop from now on
   * @return false when too much waits already or the loop has ended
   */
  public boolean send(Destination to, int protocol, int fromPort, int toPort, byte[] payload) {
    if (waitingBytes.addAndGet(payload.length) > MAX_WAITING_BYTES
        || !mailbox.offer(now -> sendNow(now, to, protocol, fromPort, toPort, payload))) {
      waitingBytes.addAndGet(-payload.length);
      notSent.incrementAndGet();
      return false;
    }
    return true;
  }

  private void sendNow(
      long now, Destination to, int protocol, int fromPort, int toPort, byte[] payload) {
    waitingBytes.addAndGet(-payload.length);
    boolean gone =
        junction.sendDatagram(now, to, protocol, fromPort, toPort, payload, LIFETIME_NANOS);
    (gone ? sent : notSent).incrementAndGet();
  }

  void received(int protocol, int fromPort, int toPort, byte[] bytes, int offset, int length) {
    DatagramReceiver known = receiver;
    if (known == null) {
      unclaimed++;
    } else {
      known.datagram(protocol, fromPort, toPort, bytes, offset, length);
    }
  }

  long unclaimed() {
    return unclaimed;
  }

  /** Datagrams given to the router. */
  public long sent() {
    return sent.get();
  }

  /** Datagrams that were not: no session, or too many at once. */
  public long notSent() {
    return notSent.get();
  }
}
