package io.i2pstreaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.i2pstreaming.link.TcpRouterAddress;
import java.io.IOException;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("the ports of a manager")
class ListeningPortsTest {
  private final StreamManager manager =
      StreamManager.builder().router(new TcpRouterAddress("127.0.0.1", 1)).build();

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void oneOfManyGetsThePort() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> rivals = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        rivals.add(this::takesPortSeven);
      }
      int winners = 0;
      for (Future<Boolean> rival : threads.invokeAll(rivals)) {
        winners += rival.get() ? 1 : 0;
      }
      assertThat(winners).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
  }

  private boolean takesPortSeven() throws IOException {
    try {
      manager.listen(7);
      return true;
    } catch (BindException taken) {
      return false;
    }
  }

  @Test
  void aServerSocketThatIsClosedAgainTakesNoPortFromItsSuccessor() throws Exception {
    I2PServerSocket first = manager.listen(7);
    first.close();
    I2PServerSocket second = manager.listen(7);
    first.close();
    assertThat(second.isClosed()).isFalse();
    assertThatThrownBy(() -> manager.listen(7)).isInstanceOf(BindException.class);
  }

  @Test
  void endWithTheirManager() throws Exception {
    I2PServerSocket server = manager.listen(7);
    manager.close();
    assertThat(server.isClosed()).isTrue();
    assertThatThrownBy(server::accept)
        .isInstanceOf(StreamingException.Closed.class)
        .hasMessageContaining("manager");
    assertThatThrownBy(() -> manager.listen(7)).isInstanceOf(StreamingException.Closed.class);
  }
}
