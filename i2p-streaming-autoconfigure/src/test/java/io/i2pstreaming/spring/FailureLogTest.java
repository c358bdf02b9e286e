package io.i2pstreaming.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.i2pstreaming.StreamingException;
import io.i2pstreaming.spring.I2PListenerFailure.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.support.GenericMessage;

@DisplayName("D2 what listeners log about failures")
class FailureLogTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(I2PListenerContainer.class);
  private final ListAppender<ILoggingEvent> events = new ListAppender<>();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final FailureLog failures = new FailureLog("x", nanos::get);

  @BeforeEach
  void listen() {
    events.start();
    logger.addAppender(events);
  }

  @AfterEach
  void leave() {
    logger.detachAppender(events);
  }

  @Test
  void peersCannotFillTheLog() {
    for (int i = 0; i < 1000; i++) {
      failures.reset(Kind.UNREADABLE, new MessageConversionException("secret"));
    }
    failures.reset(Kind.FRAMING, new I2PFramingException("A message is longer than 5 bytes."));
    assertThat(warnings()).hasSize(FailureLog.WARNINGS_PER_MINUTE + 1);

    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    failures.reset(Kind.UNREADABLE, new MessageConversionException("secret"));
    assertThat(warnings())
        .hasSize(FailureLog.WARNINGS_PER_MINUTE + 2)
        .last()
        .asString()
        .endsWith(
            "(and "
                + (1000 - FailureLog.WARNINGS_PER_MINUTE)
                + " more since the last such warning)");
  }

  @Test
  void whatAPeerSentIsNotLogged() {
    failures.reset(
        Kind.UNREADABLE,
        new MessageConversionException(
            new GenericMessage<>("secret"), "secret", new IllegalStateException("secret")));
    failures.reset(
        Kind.HANDLER, new MessageConversionException(new GenericMessage<>("secret"), "secret"));
    assertThat(warnings())
        .containsExactly(
            "Listener 'x' reset a stream: a message could not be converted,"
                + " MessageConversionException because of IllegalStateException",
            "Listener 'x' reset a stream: its method could not be called, or threw"
                + " MessageConversionException");
    assertThat(events())
        .filteredOn(event -> event.getFormattedMessage().contains("'x'"))
        .allMatch(event -> event.getThrowableProxy() == null);
  }

  @Test
  void aLostStreamIsNobodysFaultAndADialThatFailsIsTheMethods() {
    assertThat(FailureLog.kind(new StreamingException.Reset("lost"))).isNull();
    assertThat(FailureLog.kind(new SocketTimeoutException("slow"))).isNull();
    assertThat(FailureLog.kind(new UncheckedIOException(new StreamingException.PeerGone("lost"))))
        .isNull();
    assertThat(FailureLog.kind(new StreamingException.Refused("dialled"))).isEqualTo(Kind.HANDLER);
    assertThat(FailureLog.kind(new UncheckedIOException(new IOException("disk"))))
        .isEqualTo(Kind.HANDLER);
  }

  /** Listeners of other tests may end meanwhile, and say so. */
  private List<ILoggingEvent> events() {
    // As the appender does while it appends.
    synchronized (events) {
      return List.copyOf(events.list);
    }
  }

  private List<String> warnings() {
    return events().stream()
        .filter(event -> event.getLevel() == Level.WARN)
        .map(ILoggingEvent::getFormattedMessage)
        .filter(message -> message.contains("'x'"))
        .toList();
  }
}
