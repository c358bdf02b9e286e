package io.i2pstreaming.spring;

import io.i2pstreaming.I2PSocket;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.invocation.InvocableHandlerMethod;
import org.springframework.messaging.support.GenericMessage;

/** Calls a method whose arguments are headers, converted messages, or a custom resolver's. */
final class MessageInvoker implements ListenerInvoker {
  private final InvocableHandlerMethod method;
  private final boolean takesMessages;

  MessageInvoker(InvocableHandlerMethod method, boolean takesMessages) {
    this.method = method;
    this.takesMessages = takesMessages;
  }

  @Override
  public boolean takesMessages() {
    return takesMessages;
  }

  @Override
  public @Nullable Object invoke(I2PSocket socket, byte[] message) throws Exception {
    return method.invoke(message(socket, message));
  }

  /** {@code payload} with {@link I2PHeaders}. */
  static Message<?> message(I2PSocket socket, Object payload) {
    Map<String, Object> headers = new HashMap<>();
    headers.put(I2PHeaders.SOCKET, socket);
    headers.put(I2PHeaders.REMOTE_DESTINATION, socket.remoteDestination());
    headers.put(I2PHeaders.REMOTE_ADDRESS, socket.remoteAddress());
    headers.put(I2PHeaders.REMOTE_BASE32, socket.remoteDestination().base32());
    headers.put(I2PHeaders.REMOTE_PORT, socket.getPort());
    headers.put(I2PHeaders.LOCAL_PORT, socket.getLocalPort());
    headers.put(I2PHeaders.STREAM_ID, socket.stats().id());
    ServedStream stream = ServedStream.current();
    if (stream != null) {
      headers.put(I2PHeaders.LISTENER_ID, stream.container().id());
      headers.put(I2PHeaders.MANAGER, stream.container().manager().name());
    }
    return new GenericMessage<>(payload, headers);
  }
}
