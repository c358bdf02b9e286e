package io.i2pstreaming.endpoint;

import static io.i2pstreaming.endpoint.EndpointKit.MILLIS;
import static io.i2pstreaming.endpoint.EndpointKit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.connection.CloseReason;
import io.i2pstreaming.connection.DeliveryOutcome;
import io.i2pstreaming.endpoint.Outbox.Sent;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A19 what became of the messages whose fate the router was asked")
class DeliveryStatisticsTest {
  private final Party us = new Party();
  private final Party peer = new Party();
  private final StreamingEndpoint endpoint = EndpointKit.endpoint(us.keys, 1);
  private final Outbox outbox = new Outbox();

  /** A SYN that leaves once: its stream is gone as soon as it is out. Returns its nonce. */
  private long ask(long now) {
    App app = new App();
    app.connection = EndpointKit.dial(endpoint, now, peer.destination(), 1, 80, app.ports());
    List<Sent> sent = outbox.drain(endpoint, now);
    endpoint.abort(now, app.connection, CloseReason.RESET_LOCALLY);
    return sent.get(0).nonce;
  }

  private void assertFates(int delivered, int failed, int expired) {
    EndpointTotals totals = endpoint.totals();
    assertThat(totals.messagesDelivered()).as("delivered").isEqualTo(delivered);
    assertThat(totals.messagesFailed()).as("failed").isEqualTo(failed);
    assertThat(totals.messagesExpired()).as("expired").isEqualTo(expired);
  }

  @Test
  void deliveriesAreTimedFromThePacketToTheReport() {
    assertThat(endpoint.totals().lastDeliveryNanos()).isEqualTo(-1);
    long first = ask(0);
    long second = ask(10 * MILLIS);
    endpoint.onDelivery(50 * MILLIS, second, DeliveryOutcome.DELIVERED);
    assertThat(endpoint.totals().lastDeliveryNanos()).isEqualTo(40 * MILLIS);
    endpoint.onDelivery(110 * MILLIS, first, DeliveryOutcome.DELIVERED);
    assertThat(endpoint.totals().lastDeliveryNanos()).isEqualTo(110 * MILLIS);
    assertThat(endpoint.totals().deliveryNanos()).isEqualTo(150 * MILLIS);
    assertFates(2, 0, 0);
  }

  @Test
  void everyWayToFailIsAFailureAndNoneIsTimed() {
    endpoint.onDelivery(MILLIS, ask(0), DeliveryOutcome.SOFT_FAILURE);
    endpoint.onDelivery(MILLIS, ask(0), DeliveryOutcome.NO_LEASE_SET);
    endpoint.onDelivery(MILLIS, ask(0), DeliveryOutcome.HARD_FAILURE);
    endpoint.onDelivery(MILLIS, ask(0), DeliveryOutcome.EXPIRED);
    assertFates(0, 3, 1);
    assertThat(endpoint.totals().deliveryNanos()).isZero();
  }

  @Test
  void whatTheRouterNeverReportsExpiresAndALateReportChangesNothing() {
    long nonce = ask(0);
    endpoint.onTimer(60 * SECONDS - 1);
    assertFates(0, 0, 0);
    endpoint.onTimer(60 * SECONDS);
    assertFates(0, 0, 1);
    endpoint.onDelivery(61 * SECONDS, nonce, DeliveryOutcome.DELIVERED);
    assertFates(0, 0, 1);
  }

  @Test
  void whatARouterWasAskedExpiresWithIt() {
    ask(0);
    ask(0);
    endpoint.abandonAll(SECONDS, CloseReason.ROUTER_LOST);
    assertFates(0, 0, 2);
  }

  @Test
  void theOldestExpireWhenTooManyWait() {
    for (int i = 0; i < DeliveryWatch.MAX_NONCES + 3; i++) {
      ask(i);
    }
    assertFates(0, 0, 3);
    assertThat(endpoint.totals().messagesAsked()).isEqualTo(DeliveryWatch.MAX_NONCES + 3);
  }
}
