package io.i2pstreaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.i2pstreaming.link.TcpRouterAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A17 sockets without an operating-system socket")
@Timeout(300)
class SocketSurfaceTest {
  private final StreamManager manager =
      StreamManager.builder().router(new TcpRouterAddress("127.0.0.1", 1)).build();

  private int nextPort = 1;

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void everyPublicMethodOfSocketIsOverridden() {
    assertThat(inherited(I2PSocket.class, Socket.class)).isEmpty();
  }

  @Test
  void everyPublicMethodOfServerSocketIsOverridden() {
    assertThat(inherited(I2PServerSocket.class, ServerSocket.class)).isEmpty();
  }

  /** Public methods that {@code type} has from {@code base} and does not declare itself. */
  private static List<String> inherited(Class<?> type, Class<?> base) {
    return Arrays.stream(base.getMethods())
        .filter(method -> method.getDeclaringClass() != Object.class)
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .filter(method -> !declares(type, method))
        .map(Method::toString)
        .toList();
  }

  private static boolean declares(Class<?> type, Method method) {
    return Arrays.stream(type.getDeclaredMethods())
        .anyMatch(
            own ->
                own.getName().equals(method.getName())
                    && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()));
  }

  @Test
  void noUseOfTheSocketsOpensAFileDescriptor() throws Exception {
    Path descriptors = Path.of("/proc/self/fd");
    assumeTrue(Files.isDirectory(descriptors), "file descriptors can be counted on Linux only");
    useEverything(new ArrayList<>());
    long before = openSockets(descriptors);
    List<AutoCloseable> kept = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      useEverything(kept);
    }

    assertThat(kept).hasSize(300);
    // Not exactly as many: what another test of this JVM left may come or go meanwhile.
    assertThat(openSockets(descriptors)).isLessThan(before + 50);
  }

  private static long openSockets(Path descriptors) throws IOException {
    try (Stream<Path> all = Files.list(descriptors)) {
      return all.filter(SocketSurfaceTest::isSocket).count();
    }
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (java.nio.file.NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void useEverything(List<AutoCloseable> kept) throws Exception {
    I2PSocket open = manager.newSocket();
    I2PSocket closed = manager.newSocket();
    I2PServerSocket server = manager.listen(nextPort++);
    callGetters(open);
    callGetters(server);
    closed.close();
    callGetters(closed);
    kept.addAll(List.of(open, closed, server));
  }

  /** Calls every public method without parameters but those that wait or close. */
  private static void callGetters(Object target) throws Exception {
    for (Method method : target.getClass().getMethods()) {
      boolean waits = method.getName().matches("wait|notify|notifyAll|accept|close");
      if (method.getParameterCount() == 0 && !waits) {
        try {
          method.invoke(target);
        } catch (InvocationTargetException e) {
          assertThat(e.getCause())
              .as(method.toString())
              .isInstanceOfAny(SocketException.class, IllegalStateException.class);
        }
      }
    }
  }

  @Test
  void tcpOptionsAreAcceptedAndReadBack() throws Exception {
    Socket socket = manager.newSocket();
    socket.setTcpNoDelay(false);
    socket.setKeepAlive(true);
    socket.setReuseAddress(true);
    socket.setOOBInline(true);
    socket.setSoLinger(true, 5);
    socket.setSendBufferSize(1);
    socket.setReceiveBufferSize(2);
    socket.setTrafficClass(16);
    socket.setPerformancePreferences(1, 2, 3);
    socket.setSoTimeout(17);

    assertThat(socket.getTcpNoDelay()).isFalse();
    assertThat(socket.getKeepAlive()).isTrue();
    assertThat(socket.getReuseAddress()).isTrue();
    assertThat(socket.getOOBInline()).isTrue();
    assertThat(socket.getSoLinger()).isEqualTo(5);
    assertThat(socket.getSendBufferSize()).isEqualTo(1);
    assertThat(socket.getReceiveBufferSize()).isEqualTo(2);
    assertThat(socket.getTrafficClass()).isEqualTo(16);
    assertThat(socket.getSoTimeout()).isEqualTo(17);
    assertThat(socket.getOption(StandardSocketOptions.SO_LINGER)).isEqualTo(5);
    socket.setSoLinger(false, 0);
    assertThat(socket.getSoLinger()).isEqualTo(-1);
    socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    assertThat(socket.getTcpNoDelay()).isTrue();
  }

  @Test
  void keepAliveOptionsThatClientsSetUnaskedAreAccepted() throws Exception {
    Socket socket = manager.newSocket();
    socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, 30);
    socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, 5);
    socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, 3);

    assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPIDLE)).isEqualTo(30);
    assertThat(manager.newSocket().getOption(ExtendedSocketOptions.TCP_KEEPIDLE)).isEqualTo(7200);
  }

  @Test
  void everySupportedOptionCanBeRead() throws Exception {
    Socket socket = manager.newSocket();
    ServerSocket server = manager.listen(1);
    for (SocketOption<?> option : socket.supportedOptions()) {
      assertThat(socket.getOption(option)).as(option.name()).isNotNull();
    }
    for (SocketOption<?> option : server.supportedOptions()) {
      assertThat(server.getOption(option)).as(option.name()).isNotNull();
    }
    assertThatThrownBy(() -> socket.getOption(StandardSocketOptions.IP_MULTICAST_TTL))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void anUnconnectedSocketAnswersAsTheJdksDoes() throws Exception {
    Socket socket = manager.newSocket();

    assertThat(socket.isConnected()).isFalse();
    assertThat(socket.isBound()).isFalse();
    assertThat(socket.getInetAddress()).isNull();
    assertThat(socket.getRemoteSocketAddress()).isNull();
    assertThat(socket.getLocalSocketAddress()).isNull();
    assertThat(socket.getPort()).isZero();
    assertThat(socket.getLocalPort()).isEqualTo(-1);
    assertThat(socket.getChannel()).isNull();
    assertThatThrownBy(socket::getInputStream).isInstanceOf(SocketException.class);
    assertThatThrownBy(socket::getOutputStream).isInstanceOf(SocketException.class);
    assertThatThrownBy(socket::shutdownOutput).isInstanceOf(SocketException.class);
    assertThatThrownBy(() -> socket.sendUrgentData(1)).isInstanceOf(SocketException.class);
    socket.close();
    assertThat(socket.isClosed()).isTrue();
    assertThatThrownBy(() -> socket.connect(I2PAddress.parse("a.i2p", 1)))
        .hasMessageContaining("closed");
  }

  @Test
  void addressesThatAreNotOfI2pAreUnreachableWithoutALookUp() throws Exception {
    Socket socket = manager.newSocket();
    InetAddress literal = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1});

    assertThatThrownBy(() -> socket.connect(new InetSocketAddress(literal, 80)))
        .isInstanceOf(StreamingException.Unreachable.class);
    assertThatThrownBy(
            () -> socket.connect(InetSocketAddress.createUnresolved("example.invalid", 80)))
        .isInstanceOf(StreamingException.Unreachable.class);
    assertThatThrownBy(() -> manager.socketFactory().createSocket(literal, 80))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aManagerThatWasNotStartedRefusesAtOnce() {
    assertThatThrownBy(() -> manager.connect(I2PAddress.parse("a.i2p", 1)))
        .isInstanceOf(StreamingException.RouterLost.class)
        .hasMessageContaining("start()");
    assertThat(manager.lookup("a.i2p")).isCompletedExceptionally();
    assertThat(manager.lookup(manager.destination().base32()))
        .isCompletedWithValue(manager.destination());
    assertThat(manager.stats().packetsSent()).isZero();
    assertThat(manager.streams()).isEmpty();
  }

  @Test
  void aPortIsTakenOnceAndFreeAgainAfterClose() throws Exception {
    I2PServerSocket first = manager.listen(7);
    assertThatThrownBy(() -> manager.listen(7)).isInstanceOf(java.net.BindException.class);
    assertThat(first.getLocalPort()).isEqualTo(7);
    assertThat(first.getLocalSocketAddress()).isEqualTo(I2PAddress.of(manager.destination(), 7));
    first.close();
    assertThatThrownBy(first::accept).isInstanceOf(StreamingException.Closed.class);
    manager.listen(7).close();
  }

  @Test
  void acceptTimesOut() throws Exception {
    I2PServerSocket server = manager.listen(7);
    server.setSoTimeout(1);
    assertThatThrownBy(server::accept).isInstanceOf(java.net.SocketTimeoutException.class);
  }
}
