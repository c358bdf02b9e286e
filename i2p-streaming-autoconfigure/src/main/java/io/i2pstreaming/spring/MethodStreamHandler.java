package io.i2pstreaming.spring;

import io.i2pstreaming.I2PSocket;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Serves a stream by a method: calls it once, or once per message, and writes what it returns. Asks
 * the container's error handler about failures of messages; never closes or resets the stream.
 */
final class MethodStreamHandler implements I2PStreamHandler {
  private static final byte[] NOTHING = {};

  private final ListenerInvoker invoker;
  private final Framing framing;
  private final I2PMessageSettings settings;
  private final int messageLimitBytes;
  private final ListenerReply reply;

  MethodStreamHandler(
      ListenerInvoker invoker, Framing framing, I2PMessageSettings settings, ListenerReply reply) {
    this.invoker = invoker;
    this.framing = framing;
    this.settings = settings;
    this.messageLimitBytes = (int) settings.maxMessageSize().toBytes();
    this.reply = reply;
  }

  @Override
  public void handle(I2PSocket socket) throws Exception {
    if (!invoker.takesMessages()) {
      write(socket, invoker.invoke(socket, NOTHING));
      return;
    }
    socket.setWriteTimeout(settings.messageTimeout());
    MessageInput limited = new MessageInput(socket);
    // Buffered for the delimiters, which are looked for byte by byte.
    InputStream in = new BufferedInputStream(limited);
    boolean more = true;
    while (more) {
      more = serveNext(socket, limited, in) && framing != Framing.RAW;
    }
  }

  /** False when there is no further message. */
  private boolean serveNext(I2PSocket socket, MessageInput limited, InputStream in)
      throws Exception {
    byte[] message = null;
    try {
      message = next(limited, in);
      if (message == null) {
        return false;
      }
      write(socket, invoker.invoke(socket, message));
      return true;
    } catch (Exception e) {
      ServedStream stream = ServedStream.current();
      if (stream == null) {
        throw e;
      }
      I2PErrorAction action = stream.decide(e, message);
      if (action.reply() != null) {
        write(socket, action.reply());
      }
      return action.isProceed() && stream.canGoOn();
    }
  }

  /** The next message; null at the end of the stream, or when the listener has been stopped. */
  private byte @Nullable [] next(MessageInput limited, InputStream in) throws IOException {
    ServedStream stream = ServedStream.current();
    if (stream != null && !stream.waitForMessage()) {
      return null;
    }
    limited.allow(settings.idleTimeout());
    in.mark(1);
    boolean ended;
    try {
      ended = in.read() < 0;
    } catch (SocketTimeoutException e) {
      // Nothing is lost when a peer that says nothing has to dial again.
      return null;
    }
    if (stream != null && !stream.beginMessage()) {
      return null;
    }
    if (ended) {
      return framing == Framing.RAW ? NOTHING : null;
    }
    in.reset();
    limited.allow(settings.messageTimeout());
    try {
      return framing.read(in, messageLimitBytes);
    } catch (SocketTimeoutException e) {
      throw new I2PMessageTimeoutException("A message took too long to arrive.");
    } finally {
      limited.release();
    }
  }

  private void write(I2PSocket socket, @Nullable Object result) throws Exception {
    byte[] bytes = reply.bytes(result, settings.replyTimeout());
    if (bytes != null) {
      framing.write(socket.getOutputStream(), bytes);
      socket.getOutputStream().flush();
    }
  }
}
