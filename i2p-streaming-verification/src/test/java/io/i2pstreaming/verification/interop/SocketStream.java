package io.i2pstreaming.verification.interop;

import io.i2pstreaming.I2PSocket;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** A stream of ours, used as the socket it is; or a TCP connection to a tunnel. */
record SocketStream(Socket socket) implements PeerStream {
  private static final Duration ACKNOWLEDGED_DEADLINE = Duration.ofMinutes(2);

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
    socket.shutdownOutput();
  }

  @Override
  public void readTimeout(Duration timeout) throws IOException {
    socket.setSoTimeout((int) timeout.toMillis());
  }

  @Override
  public void awaitAcknowledged() throws IOException {
    if (socket instanceof I2PSocket stream && !stream.awaitAcknowledged(ACKNOWLEDGED_DEADLINE)) {
      throw new SocketTimeoutException("not everything was acknowledged");
    }
  }

  @Override
  public void reset() throws IOException {
    if (socket instanceof I2PSocket stream) {
      stream.reset();
    } else {
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
