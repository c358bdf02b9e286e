package io.i2pstreaming.spring;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamingException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskRejectedException;

/**
 * Opens a stream, lets it be used and closes it. Connecting is tried again as a policy says; what
 * was sent is never sent twice, because the peer may have acted on it: a failed request that may be
 * repeated is repeated by its caller. Safe for any number of threads, once it is set up.
 */
public final class I2PStreamTemplate {
  private final StreamManager manager;
  private final RetryTemplate retry;
  private final int maxResponseBytes;
  private int responseTimeoutMillis;
  private Executor executor = daemons();
  private @Nullable Semaphore places;

  /**
   * Dials by {@code manager}.
   *
   * @param policy which failures to connect are tried again, how often and after which time
   * @param maxResponseBytes the longest response that is taken
   */
  public I2PStreamTemplate(StreamManager manager, RetryPolicy policy, int maxResponseBytes) {
    if (maxResponseBytes < 0 || maxResponseBytes == Integer.MAX_VALUE) {
      throw new IllegalArgumentException("a longest response is 0 to 2147483646 bytes");
    }
    this.manager = manager;
    this.retry = new RetryTemplate(policy);
    this.maxResponseBytes = maxResponseBytes;
  }

  private static Executor daemons() {
    SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("i2p-template-");
    executor.setDaemon(true);
    return executor;
  }

  /**
   * How long {@link #sendAndReceive} waits for each part of a response; zero, as in the beginning,
   * is as long as the manager's options say.
   *
   * @throws IllegalArgumentException if it is negative or longer than 24 days
   */
  public void setResponseTimeout(Duration timeout) {
    if (timeout.isNegative() || timeout.compareTo(Duration.ofDays(24)) > 0) {
      throw new IllegalArgumentException("a response timeout is zero to 24 days");
    }
    responseTimeoutMillis = (int) timeout.toMillis();
  }

  /** Runs what {@link #executeAsync} is given; a daemon thread for each in the beginning. */
  public void setTaskExecutor(Executor executor) {
    this.executor = executor;
  }

  /**
   * How many of {@link #executeAsync} may be under way at once, 1 or more; what is more fails at
   * once with a {@link TaskRejectedException}. Without this call there is no limit but the
   * executor's.
   */
  public void setMaxConcurrent(int maxConcurrent) {
    if (maxConcurrent < 1) {
      throw new IllegalArgumentException("a limit is 1 or more");
    }
    places = new Semaphore(maxConcurrent);
  }

  /** Failures to connect that may pass: worth another attempt in most policies. */
  public static boolean isTransient(Throwable failure) {
    return failure instanceof StreamingException.ConnectTimeout
        || failure instanceof StreamingException.Unreachable
        || failure instanceof StreamingException.Refused
        || failure instanceof StreamingException.RouterLost;
  }

  /**
   * As {@link #sendAndReceive(I2PAddress, byte[], Framing)} with {@link Framing#RAW}: sends a
   * request, says that it is complete, and reads until the peer says the same. A peer behind i2pd
   * cannot answer then, because i2pd ends both directions at once.
   */
  public byte[] sendAndReceive(I2PAddress address, byte[] request) throws IOException {
    return sendAndReceive(address, request, Framing.RAW);
  }

  /** Sends a line and returns the one that comes back, both in UTF-8 and without their ends. */
  public String sendAndReceiveLine(I2PAddress address, String line) throws IOException {
    return new String(
        sendAndReceive(address, line.getBytes(StandardCharsets.UTF_8), Framing.LINE),
        StandardCharsets.UTF_8);
  }

  /**
   * Sends one message on a stream of its own, and returns the one that comes back.
   *
   * @throws IllegalArgumentException if the request does not fit the framing
   * @throws I2PFramingException if the peer ends the stream before or within the response
   * @throws IOException if there is no stream, or not until its end, if the response is too long,
   *     or if a part of it does not come in time
   */
  public byte[] sendAndReceive(I2PAddress address, byte[] request, Framing framing)
      throws IOException {
    return execute(address, stream -> exchange(stream, request, framing));
  }

  private byte[] exchange(I2PSocket stream, byte[] request, Framing framing) throws IOException {
    if (responseTimeoutMillis > 0) {
      stream.setSoTimeout(responseTimeoutMillis);
    }
    OutputStream out = stream.getOutputStream();
    framing.write(out, request);
    if (framing != Framing.RAW) {
      out.flush();
      byte[] response = framing.read(stream.getInputStream(), maxResponseBytes);
      if (response == null) {
        throw new I2PFramingException("The peer ended the stream without a response.");
      }
      return response;
    }
    stream.shutdownOutput();
    byte[] response = stream.getInputStream().readNBytes(maxResponseBytes + 1);
    if (response.length > maxResponseBytes) {
      throw new StreamingException("the response has more than " + maxResponseBytes + " bytes");
    }
    return response;
  }

  /** {@link #sendAndReceive(I2PAddress, byte[], Framing)} by a thread of the executor. */
  public CompletableFuture<byte[]> sendAndReceiveAsync(
      I2PAddress address, byte[] request, Framing framing) {
    return executeAsync(address, stream -> exchange(stream, request, framing));
  }

  /**
   * {@link #execute} by a thread of the executor. A future that is cancelled or completed from
   * outside resets its stream; while it still connects, the callback is not called any more.
   */
  public <T extends @Nullable Object> CompletableFuture<T> executeAsync(
      I2PAddress address, I2PStreamCallback<T> callback) {
    CompletableFuture<T> future = new CompletableFuture<>();
    Semaphore place = places;
    if (place != null && !place.tryAcquire()) {
      future.completeExceptionally(
          new TaskRejectedException("as many exchanges as may be are under way"));
      return future;
    }
    AtomicReference<@Nullable I2PSocket> opened = new AtomicReference<>();
    CompletableFuture<?> unused = future.whenComplete((result, failure) -> reset(opened.get()));
    try {
      executor.execute(() -> run(address, callback, future, opened, place));
    } catch (RejectedExecutionException e) {
      leave(place);
      future.completeExceptionally(e);
    }
    return future;
  }

  private <T extends @Nullable Object> void run(
      I2PAddress address,
      I2PStreamCallback<T> callback,
      CompletableFuture<T> future,
      AtomicReference<@Nullable I2PSocket> opened,
      @Nullable Semaphore place) {
    if (future.isDone()) {
      leave(place);
      return;
    }
    T result;
    try {
      result =
          execute(
              address,
              stream -> {
                opened.set(stream);
                if (future.isDone()) {
                  throw new StreamingException("nobody waits for this stream any more");
                }
                T got = callback.doWith(stream);
                opened.set(null);
                return got;
              });
    } catch (Throwable e) {
      leave(place);
      future.completeExceptionally(e);
      if (e instanceof Error error) {
        throw error;
      }
      return;
    }
    leave(place);
    future.complete(result);
  }

  /** Before the future is told: whoever waited for it may begin the next exchange at once. */
  private static void leave(@Nullable Semaphore place) {
    if (place != null) {
      place.release();
    }
  }

  private static void reset(@Nullable I2PSocket abandoned) {
    if (abandoned != null) {
      abandoned.reset();
    }
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
