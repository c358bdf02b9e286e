package io.i2pstreaming.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.connection.CloseReason;
import io.i2pstreaming.connection.Connection;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.identity.SigningKeyType;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A13 a dial waits for room")
class DialQueueTest {
  private static final long SECONDS = 1_000_000_000L;

  private final Destination peer =
      DestinationKeys.generate(SigningKeyType.EDDSA_SHA512_ED25519, new SecureRandom())
          .destination();
  private final List<String> heard = new ArrayList<>();
  private int room;
  private final DialQueue queue = new DialQueue(() -> room > 0);

  /** A dial that takes up room when it goes on. */
  private final class Dial implements Resolution {
    private final String name;
    private boolean abandoned;

    Dial(String name) {
      this.name = name;
    }

    @Override
    public void resolved(long now, Destination destination) {
      assertThat(destination).isEqualTo(peer);
      room--;
      heard.add(name + " at " + now / SECONDS);
    }

    @Override
    public void unresolved(CloseReason reason, String detail) {
      heard.add(name + " " + reason);
    }

    @Override
    public boolean abandoned() {
      return abandoned;
    }
  }

  private Dial add(long now, String name, long deadline) {
    Dial dial = new Dial(name);
    queue.add(now, peer, deadline, dial);
    return dial;
  }

  @Test
  void goesOnAtOnceWhenThereIsRoom() {
    room = 1;
    add(0, "a", Connection.NEVER);
    assertThat(heard).containsExactly("a at 0");
    assertThat(queue.nextDeadline()).isEqualTo(Connection.NEVER);
  }

  @Test
  void goesOnInTheOrderOfArrivalAsRoomIsMade() {
    add(0, "a", 60 * SECONDS);
    add(0, "b", 60 * SECONDS);
    room = 1;
    add(SECONDS, "c", 60 * SECONDS);
    assertThat(heard).containsExactly("a at 1");
    assertThat(queue.canAdvance()).isFalse();
    room = 5;
    assertThat(queue.canAdvance()).isTrue();
    queue.advance(2 * SECONDS);
    assertThat(heard).containsExactly("a at 1", "b at 2", "c at 2");
    assertThat(room).isEqualTo(3);
  }

  @Test
  void failsWhenItsConnectTimeoutIsOverOrAfterTenSecondsWhenItHasNone() {
    add(SECONDS, "without", Connection.NEVER);
    add(SECONDS, "short", 2 * SECONDS);
    assertThat(queue.nextDeadline()).isEqualTo(2 * SECONDS);
    queue.onTimer(2 * SECONDS - 1);
    assertThat(heard).isEmpty();
    queue.onTimer(2 * SECONDS);
    assertThat(heard).containsExactly("short TOO_MANY_STREAMS");
    assertThat(queue.nextDeadline()).isEqualTo(11 * SECONDS);
    queue.onTimer(11 * SECONDS);
    assertThat(heard).containsExactly("short TOO_MANY_STREAMS", "without TOO_MANY_STREAMS");
    room = 1;
    queue.advance(12 * SECONDS);
    assertThat(room).isEqualTo(1);
  }

  @Test
  void anAbandonedDialTakesNoRoom() {
    Dial gone = add(0, "gone", 60 * SECONDS);
    add(0, "b", 60 * SECONDS);
    gone.abandoned = true;
    room = 1;
    queue.advance(SECONDS);
    assertThat(heard).containsExactly("b at 1");
  }

  @Test
  void onlySoManyWait() {
    List<Dial> dials = new ArrayList<>();
    for (int i = 0; i < DialQueue.MAX_WAITING; i++) {
      dials.add(add(0, "w" + i, 60 * SECONDS));
    }
    add(0, "one more", 60 * SECONDS);
    assertThat(heard).containsExactly("one more TOO_MANY_STREAMS");
    dials.get(7).abandoned = true;
    add(0, "instead", 60 * SECONDS);
    assertThat(heard).hasSize(1);
  }

  @Test
  void theEndOfTheSessionEndsTheWait() {
    add(0, "a", 60 * SECONDS);
    queue.fail(CloseReason.ROUTER_LOST, "gone");
    assertThat(heard).containsExactly("a ROUTER_LOST");
    assertThat(queue.nextDeadline()).isEqualTo(Connection.NEVER);
  }
}
