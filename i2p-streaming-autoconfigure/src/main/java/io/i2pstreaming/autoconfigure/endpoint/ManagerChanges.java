package io.i2pstreaming.autoconfigure.endpoint;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamingException;
import io.i2pstreaming.endpoint.AccessList;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.convert.DurationStyle;

/**
 * What an operator with unrestricted access may do with a stream manager: ping somebody, change who
 * may open streams, change the limits. Lasts until the application ends. Thread-safe.
 */
final class ManagerChanges {
  private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(2);

  /** Reading and writing a list is one change: two operators must not undo each other's. */
  private final ReentrantLock changing = new ReentrantLock();

  /** Where a ping went is known to whoever asked, so it is not repeated here. */
  public record PingResult(String outcome, @Nullable Double rttMillis, @Nullable String detail) {}

  /** The list as it is now. */
  public record Access(String mode, List<String> entries) {}

  /** The limits as they are now, by I2P's names. */
  public record Limits(Map<String, String> limits) {}

  WebEndpointResponse<Object> ping(
      StreamManager manager,
      @Nullable String destination,
      @Nullable Integer port,
      @Nullable String timeout) {
    I2PAddress address;
    Duration patience;
    try {
      if (destination == null || destination.isBlank()) {
        throw new IllegalArgumentException("tell a destination");
      }
      address = I2PAddress.parse(destination.strip(), port == null ? 0 : port);
      patience = timeout == null ? USUAL_TIMEOUT : DurationStyle.detectAndParse(timeout);
    } catch (IllegalArgumentException e) {
      return Answers.badRequest(
          "A ping needs a destination (a base32 or host name, or Base64), and may have a port (0 to"
              + " 65535) and a timeout (such as 10s): "
              + e.getMessage()
              + ".");
    }
    if (patience.isNegative() || patience.isZero() || patience.compareTo(LONGEST_TIMEOUT) > 0) {
      return Answers.badRequest("The timeout of a ping is more than 0 and at most 2m.");
    }
    try {
      double nanos = manager.ping(address, patience).toNanos();
      return Answers.ok(new PingResult("success", nanos / 1e6, null));
    } catch (StreamingException.ConnectTimeout e) {
      return Answers.ok(new PingResult("timeout", null, e.getMessage()));
    } catch (IOException e) {
      return Answers.ok(new PingResult("error", null, e.getMessage()));
    }
  }

  WebEndpointResponse<Object> access(
      StreamManager manager, @Nullable String mode, @Nullable String add, @Nullable String remove) {
    changing.lock();
    try {
      AccessList list = manager.accessList();
      if (mode != null) {
        list = list.with(parse(mode));
      }
      if (add != null) {
        list = list.with(add);
      }
      if (remove != null) {
        list = list.without(remove);
      }
      if (mode != null || add != null || remove != null) {
        manager.accessList(list);
      }
      return Answers.ok(new Access(text(list.mode()), list.base32Names()));
    } catch (IllegalArgumentException e) {
      return Answers.badRequest(
          "A mode is none, allow or deny; what is added or removed are base32 names, or hashes or"
              + " destinations in I2P's Base64: "
              + e.getMessage()
              + ".");
    } finally {
      changing.unlock();
    }
  }

  /** The words of {@code i2p.access-list.mode}. */
  static String text(AccessList.Mode mode) {
    return switch (mode) {
      case OFF -> "none";
      case ALLOW -> "allow";
      case DENY -> "deny";
    };
  }

  private static AccessList.Mode parse(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "none" -> AccessList.Mode.OFF;
      case "allow" -> AccessList.Mode.ALLOW;
      case "deny" -> AccessList.Mode.DENY;
      default -> throw new IllegalArgumentException("that is another mode");
    };
  }

  WebEndpointResponse<Object> limit(
      StreamManager manager, @Nullable String name, @Nullable String value) {
    changing.lock();
    try {
      if ((name == null) != (value == null)) {
        return Answers.badRequest("A limit has a name and a value; without both, it only shows.");
      }
      if (name != null && value != null) {
        manager.limits(manager.limits().with(name, value));
      }
      return Answers.ok(new Limits(manager.limits().asMap()));
    } catch (IllegalArgumentException e) {
      return Answers.badRequest(String.valueOf(e.getMessage()));
    } finally {
      changing.unlock();
    }
  }
}
