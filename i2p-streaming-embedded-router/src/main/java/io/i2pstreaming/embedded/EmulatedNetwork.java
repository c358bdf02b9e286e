package io.i2pstreaming.embedded;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Messages under way between keys, as a machine: it is told the time and what enters, and hands out
 * what arrives. No clock, no thread, no other randomness than its seed: the same calls give the
 * same arrivals, bit for bit, in real and in virtual time. Knows nothing of I2CP. Not thread-safe.
 *
 * <p>{@link NetworkConditions} apply once per message, per direction: a round trip takes twice the
 * latency. Each direction between two keys has a random stream of its own, split from the seed when
 * its first message enters. Events happen in the order of their time and, at the same time, in the
 * order in which they were scheduled.
 *
 * @param <K> names a sender or receiver; equal by content, for example a destination's hash
 */
public final class EmulatedNetwork<K> {
  /** No deadline. */
  public static final long NEVER = Long.MAX_VALUE;

  /** Directed links that can exist at once; messages of further ones are dropped as overflow. */
  public static final int MAX_LINKS = 65_536;

  /** What one message costs of the in-flight limit beyond its bytes. */
  static final int MESSAGE_OVERHEAD = 128;

  /** Takes what arrives. */
  public interface Sink<K> {
    /**
     * A message arrives. It may call {@link EmulatedNetwork#send}; what that adds is delivered by a
     * later call of {@code deliver}, even without latency.
     *
     * @param bytes must not be changed: a duplicate may share them
     * @param tag as given to {@code send}
     */
    void arrived(long now, K from, K to, byte[] bytes, long tag);
  }

  private record LinkKey<K>(K from, K to) {}

  private SplittableRandom seeds;
  private final long maxInFlightBytes;
  private final Map<LinkKey<K>, DirectedLink<K>> links = new LinkedHashMap<>();
  private final PriorityQueue<MessageInFlight<K>> events = new PriorityQueue<>();
  private NetworkConditions conditions;

  private long entered;
  private long scheduled;
  private long inFlightBytes;
  private int inFlight;
  private long sent;
  private long delivered;
  private long lost;
  private long duplicated;
  private long reordered;
  private long corrupted;
  private long overflowed;

  /**
   * An empty network.
   *
   * @param maxInFlightBytes what may be under way in all; beyond it messages are dropped and
   *     counted as overflow
   */
  public EmulatedNetwork(long seed, NetworkConditions conditions, long maxInFlightBytes) {
    this.seeds = new SplittableRandom(seed);
    this.conditions = conditions;
    this.maxInFlightBytes = maxInFlightBytes;
  }

  /**
   * A message enters; its bytes are copied.
   *
   * @param tag comes out with the message, and with its duplicate, unchanged
   */
  public void send(long now, K from, K to, byte[] bytes, int offset, int length, long tag) {
    sent++;
    DirectedLink<K> link = link(from, to);
    if (link == null || inFlightBytes + length + MESSAGE_OVERHEAD > maxInFlightBytes) {
      overflowed++;
      return;
    }
    NetworkConditions applying = conditionsOf(link);
    if (link.loses(applying)) {
      lost++;
      return;
    }
    boolean waits = applying.bytesPerSecond() > 0 || !link.waiting.isEmpty();
    if (waits && !link.waiting.isEmpty() && link.waitingBytes + length > applying.queueBytes()) {
      overflowed++;
      return;
    }
    byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
    MessageInFlight<K> message = new MessageInFlight<>(link, copy, tag, entered++);
    take(message);
    if (waits) {
      enqueue(now, message, applying);
    } else {
      depart(now, message, applying);
    }
  }

  /** When {@link #deliver} has something to do next, or {@link #NEVER}. */
  public long nextDeadline() {
    MessageInFlight<K> next = events.peek();
    return next == null ? NEVER : next.time;
  }

  /**
   * Hands out what has arrived by {@code now}, except messages that the sink itself sends.
   *
   * @return the number of arrivals
   */
  public int deliver(long now, Sink<? super K> sink) {
    long newcomers = entered;
    int arrivals = 0;
    MessageInFlight<K> next = events.peek();
    while (next != null && next.time <= now && next.entered < newcomers) {
      events.remove();
      if (next.queued) {
        leaveQueue(next);
      } else {
        release(next);
        delivered++;
        arrivals++;
        sink.arrived(now, next.link.from, next.link.to, next.bytes, next.tag);
      }
      next = events.peek();
    }
    return arrivals;
  }

  /** The conditions of every link without its own. */
  public NetworkConditions conditions() {
    return conditions;
  }

  /** Changes the conditions of every link without its own; what is under way keeps its time. */
  public void conditions(long now, NetworkConditions conditions) {
    this.conditions = conditions;
    for (DirectedLink<K> link : links.values()) {
      if (link.override == null) {
        retime(now, link);
      }
    }
  }

  /**
   * Gives the direction from {@code from} to {@code to} its own conditions; null takes them away.
   */
  public void conditions(long now, K from, K to, @Nullable NetworkConditions override) {
    DirectedLink<K> link = link(from, to);
    if (link == null) {
      throw new IllegalStateException("there are " + MAX_LINKS + " links already");
    }
    link.override = override;
    retime(now, link);
  }

  /**
   * Begins every random decision anew, as a network with this seed would whose first messages are
   * the next ones. What is under way keeps its time; directions keep conditions of their own.
   */
  public void reseed(long seed) {
    seeds = new SplittableRandom(seed);
    links.values().removeIf(link -> link.override == null);
    links.values().forEach(link -> link.reseed(seeds.split()));
  }

  /**
   * Drops the links of a key that is gone, except those with conditions of their own. What is under
   * way still arrives.
   */
  public void forget(K key) {
    links
        .values()
        .removeIf(link -> link.override == null && (link.from.equals(key) || link.to.equals(key)));
  }

  /** What happened so far: sent + duplicated = delivered + lost + overflowed + in flight. */
  public NetworkStats stats() {
    return new NetworkStats(
        sent, delivered, lost, duplicated, reordered, corrupted, overflowed, inFlight);
  }

  private @Nullable DirectedLink<K> link(K from, K to) {
    LinkKey<K> key = new LinkKey<>(from, to);
    DirectedLink<K> link = links.get(key);
    if (link == null && links.size() < MAX_LINKS) {
      link = new DirectedLink<>(from, to, seeds.split());
      links.put(key, link);
    }
    return link;
  }

  private NetworkConditions conditionsOf(DirectedLink<K> link) {
    NetworkConditions own = link.override;
    return own == null ? conditions : own;
  }

  private void enqueue(long now, MessageInFlight<K> message, NetworkConditions applying) {
    DirectedLink<K> link = message.link;
    message.queued = true;
    link.waiting.add(message);
    link.waitingBytes += message.bytes.length;
    if (link.waiting.size() == 1) {
      schedule(message, now + transmissionNanos(message, applying));
    }
  }

  private void leaveQueue(MessageInFlight<K> message) {
    DirectedLink<K> link = message.link;
    link.waiting.remove();
    link.waitingBytes -= message.bytes.length;
    message.queued = false;
    NetworkConditions applying = conditionsOf(link);
    // Its own time, not the caller's: a late call must not cost the link bandwidth.
    long departure = message.time;
    MessageInFlight<K> next = link.waiting.peek();
    if (next != null) {
      schedule(next, departure + transmissionNanos(next, applying));
    }
    depart(departure, message, applying);
  }

  /** The bandwidth may have changed: the message being transmitted starts again. */
  private void retime(long now, DirectedLink<K> link) {
    MessageInFlight<K> first = link.waiting.peek();
    if (first != null) {
      events.remove(first);
      schedule(first, now + transmissionNanos(first, conditionsOf(link)));
    }
  }

  private static long transmissionNanos(MessageInFlight<?> message, NetworkConditions applying) {
    long bytesPerSecond = applying.bytesPerSecond();
    return bytesPerSecond == 0 ? 0 : message.bytes.length * 1_000_000_000L / bytesPerSecond;
  }

  /** The message is on its way: decides its passage, and that of its copy. */
  private void depart(long now, MessageInFlight<K> message, NetworkConditions applying) {
    DirectedLink<K> link = message.link;
    boolean twice = link.chance(applying.duplicate());
    boolean held = link.chance(applying.reorder());
    boolean damaged = link.chance(applying.corrupt());
    long passage = link.passageNanos(applying);
    long hold = link.holdNanos(applying);
    long copyPassage = link.passageNanos(applying);
    int bit = link.below(8 * message.bytes.length);
    byte[] sound = message.bytes;
    if (twice && damaged) {
      sound = message.bytes.clone();
    }
    if (damaged && message.bytes.length > 0) {
      corrupted++;
      message.bytes[bit >> 3] ^= (byte) (1 << (bit & 7));
    }
    if (held) {
      reordered++;
      passage += hold;
    }
    schedule(message, now + passage);
    if (twice && inFlightBytes + sound.length + MESSAGE_OVERHEAD <= maxInFlightBytes) {
      duplicated++;
      MessageInFlight<K> copy = new MessageInFlight<>(link, sound, message.tag, message.entered);
      take(copy);
      schedule(copy, now + copyPassage);
    }
  }

  private void schedule(MessageInFlight<K> message, long time) {
    message.time = time;
    message.order = scheduled++;
    events.add(message);
  }

  private void take(MessageInFlight<K> message) {
    inFlight++;
    inFlightBytes += message.bytes.length + MESSAGE_OVERHEAD;
  }

  private void release(MessageInFlight<K> message) {
    inFlight--;
    inFlightBytes -= message.bytes.length + MESSAGE_OVERHEAD;
  }
}
