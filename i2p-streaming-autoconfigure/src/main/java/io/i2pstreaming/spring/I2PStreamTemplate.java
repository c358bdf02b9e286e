package io.i2pstreaming.spring;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamingException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

/**
 * Opens a stream, lets it be used and closes it. Connecting is tried again as a policy says; what
 * was sent is never sent twice, because the peer may have acted on it. Safe for any number of
 * threads.
 */
public final class I2PStreamTemplate {
  private final StreamManager manager;
  private final RetryTemplate retry;
  private final int maxResponseBytes;

  /**
   * Dials by {@code manager}.
   *
   * @param policy which failures to connect are tried again, how often and after which time
   * @param maxResponseBytes the longest response that {@link #sendAndReceive} takes
   */
  public I2PStreamTemplate(StreamManager manager, RetryPolicy policy, int maxResponseBytes) {
    if (maxResponseBytes < 0 || maxResponseBytes == Integer.MAX_VALUE) {
      throw new IllegalArgumentException("a longest response is 0 to 2147483646 bytes");
    }
    this.manager = manager;
    this.retry = new RetryTemplate(policy);
    this.maxResponseBytes = maxResponseBytes;
  }

  /** Failures to connect that may pass: worth another attempt in most policies. */
  public static boolean isTransient(Throwable failure) {
    return failure instanceof StreamingException.ConnectTimeout
        || failure instanceof StreamingException.Unreachable
        || failure instanceof StreamingException.Refused
        || failure instanceof StreamingException.RouterLost;
  }

  /**
   * Sends a request, says that it is complete, and reads until the peer says the same.
   *
   * @throws IOException if there is no stream, or not until its end, or if the response is too long
   */
  public byte[] sendAndReceive(I2PAddress address, byte[] request) throws IOException {
    return execute(
        address,
        stream -> {
          stream.getOutputStream().write(request);
          stream.shutdownOutput();
          byte[] response = stream.getInputStream().readNBytes(maxResponseBytes + 1);
          if (response.length > maxResponseBytes) {
            throw new StreamingException(
                "the response has more than " + maxResponseBytes + " bytes");
          }
          return response;
        });
  }

  /**
   * Opens a stream, hands it to the callback and closes it; resets it when the callback throws.
   *
   * @throws IOException the last failure to connect, also when the thread was interrupted while it
   *     waited for the next attempt; or what the callback throws
   */
  public <T extends @Nullable Object> T execute(I2PAddress address, I2PStreamCallback<T> callback)
      throws IOException {
    I2PSocket stream = connect(address);
    boolean done = false;
    try {
      T result = callback.doWith(stream);
      done = true;
      return result;
    } finally {
      if (done) {
        stream.close();
      } else {
        stream.reset();
      }
    }
  }

  private I2PSocket connect(I2PAddress address) throws IOException {
    try {
      return retry.execute(() -> manager.connect(address));
    } catch (RetryException e) {
      throw failure(e);
    }
  }

  private static IOException failure(RetryException exhausted) {
    Throwable last = exhausted.getCause();
    if (last instanceof IOException failure) {
      return failure;
    }
    if (last instanceof RuntimeException failure) {
      throw failure;
    }
    if (last instanceof Error failure) {
      throw failure;
    }
    return new IOException(last);
  }
}
