package io.i2pstreaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.i2pstreaming.facade.StreamEnd;
import io.i2pstreaming.link.TcpRouterAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A1 a dial and whoever waits for it")
class DialTest {
  private final StreamManager manager =
      StreamManager.builder().router(new TcpRouterAddress("127.0.0.1", 1)).build();
  private final SilentLoop silent = new SilentLoop();
  private final StreamEnd stream = silent.stream();
  private final List<Throwable> observed = Collections.synchronizedList(new ArrayList<>());
  private final Dial dial = new Dial(stream, I2PAddress.parse("a.i2p", 80));

  @AfterEach
  void close() {
    silent.loop.close(0);
    manager.close();
  }

  @Test
  void isGivenUpWhenItsFutureIsCancelled() {
    CompletableFuture<I2PSocket> future = dial.begin(manager, observed::add);
    assertThat(future).isNotDone();
    assertThat(observed).isEmpty();
    assertThat(future.cancel(false)).isTrue();
    assertThat(stream.isOver()).isTrue();
    assertThat(observed).singleElement().isInstanceOf(CancellationException.class);
  }

  @Test
  void isObservedBeforeItsFutureIsTold() {
    silent.loop.close(0);
    CompletableFuture<I2PSocket> future = dial.begin(manager, observed::add);
    assertThatThrownBy(() -> future.get(60, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(StreamingException.RouterLost.class);
    assertThat(observed.get(0)).isInstanceOf(StreamingException.RouterLost.class);
  }

  @Test
  void failsForAThreadThatWaits() {
    silent.loop.close(0);
    assertThatThrownBy(() -> dial.await(Duration.ZERO))
        .isInstanceOf(StreamingException.RouterLost.class);
  }
}
