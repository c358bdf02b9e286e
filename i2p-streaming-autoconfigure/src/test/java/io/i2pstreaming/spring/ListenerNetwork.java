package io.i2pstreaming.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.embedded.EmbeddedRouter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** A router in this process, a peer that dials, and contexts with listeners. */
final class ListenerNetwork implements AutoCloseable {
  static final Duration DEADLINE = Duration.ofMinutes(3);

  private final EmbeddedRouter router = EmbeddedRouter.builder().build();
  private final StreamManager peer;

  ListenerNetwork() throws Exception {
    router.start();
    peer = manager("peer");
    peer.start();
    assertThat(peer.awaitUp(DEADLINE)).isTrue();
  }

  StreamManager manager(String name) {
    return StreamManager.builder().name(name).router(router).build();
  }

  StreamManager peer() {
    return peer;
  }

  /** A context with a manager called "application", {@code @EnableI2P} and these beans. */
  AnnotationConfigApplicationContext start(Map<String, Object> properties, Class<?>... beans) {
    var context = new AnnotationConfigApplicationContext();
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("test", properties));
    context.registerBean(StreamManager.class, () -> manager("application"));
    context.register(I2PListenerConfiguration.class);
    context.register(beans);
    try {
      context.refresh();
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
    return context;
  }

  static I2PListenerEndpointRegistry registry(ApplicationContext context) {
    return context.getBean(I2PListenerEndpointRegistry.class);
  }

  static I2PListenerContainer container(ApplicationContext context, String id) {
    I2PListenerContainer container = registry(context).container(id);
    assertThat(container).as(id).isNotNull();
    return container;
  }

  I2PSocket dial(ApplicationContext context, int port) throws Exception {
    StreamManager manager = context.getBean(StreamManager.class);
    assertThat(manager.awaitUp(DEADLINE)).isTrue();
    I2PSocket socket = peer.connect(I2PAddress.of(manager.destination(), port));
    socket.setSoTimeout((int) DEADLINE.toMillis());
    return socket;
  }

  /** Sends a text, then ends our side; everything that the listener answers. */
  String ask(ApplicationContext context, int port, String text) throws Exception {
    try (I2PSocket socket = dial(context, port)) {
      send(socket, text);
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static void send(I2PSocket socket, String text) throws Exception {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Override
  public void close() {
    peer.close();
    router.close();
  }
}
