package io.i2pstreaming.sample;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PSocket;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.stereotype.Component;

/** Sends a body of any length to an echo service and takes it back at the same time. */
@Component
class Echo {
  private static final int BLOCK = 16 * 1024;

  private final Peers peers;
  private final AsyncTaskExecutor threads = new SimpleAsyncTaskExecutor("echo-");

  Echo(Peers peers) {
    this.peers = peers;
  }

  /** Copies what comes back to {@code target}, and expects as much as {@code body} has. */
  void run(I2PAddress address, InputStream body, OutputStream target)
      throws IOException, InterruptedException {
    try (I2PSocket socket = peers.dial(address)) {
      Progress progress = new Progress();
      var sender = threads.submit(() -> send(body, socket, progress));
      try {
        receive(socket, progress, target);
      } catch (IOException | InterruptedException e) {
        // Wakes the sender too, which uses the request's body and must not outlive it.
        socket.reset();
        throw e;
      } finally {
        awaitEnd(sender);
      }
    }
  }

  private static void send(InputStream body, I2PSocket socket, Progress progress) {
    try {
      OutputStream out = socket.getOutputStream();
      byte[] block = new byte[BLOCK];
      for (int n = body.read(block); n >= 0; n = body.read(block)) {
        out.write(block, 0, n);
        out.flush();
        progress.sending(n);
      }
      progress.finished();
    } catch (IOException e) {
      progress.failed(e);
    }
  }

  private static void receive(I2PSocket socket, Progress progress, OutputStream target)
      throws IOException, InterruptedException {
    InputStream in = socket.getInputStream();
    byte[] block = new byte[BLOCK];
    long received = 0;
    while (progress.awaitMoreThan(received)) {
      int n = in.read(block);
      if (n < 0) {
        throw new IOException(
            "the peer closed the stream after it had sent back " + received + " bytes");
      }
      target.write(block, 0, n);
      received += n;
    }
  }

  private static void awaitEnd(Future<?> sender) throws InterruptedException {
    try {
      sender.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
