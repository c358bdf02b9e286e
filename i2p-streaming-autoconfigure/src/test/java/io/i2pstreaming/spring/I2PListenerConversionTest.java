package io.i2pstreaming.spring;

import static io.i2pstreaming.spring.ListenerNetwork.container;
import static io.i2pstreaming.spring.ListenerNetwork.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamingException;
import io.i2pstreaming.identity.Destination;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.validation.annotation.Validated;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;
import org.springframework.validation.beanvalidation.MethodValidationPostProcessor;

@DisplayName("D2 listener methods that take headers and objects")
class I2PListenerConversionTest {
  private static ListenerNetwork network;
  private static AnnotationConfigApplicationContext context;

  record Order(@NotBlank String item, @Min(1) int count) {}

  record Receipt(String item, int total) {}

  static class Orders {
    @I2PListener(id = "orders", port = "1", framing = "line")
    Receipt order(@Valid Order order) {
      return new Receipt(order.item(), order.count() * 3);
    }

    @I2PListener(port = "2", framing = "length")
    CompletableFuture<List<Receipt>> later(@Payload List<Order> orders) {
      return CompletableFuture.supplyAsync(
          () -> orders.stream().map(order -> new Receipt(order.item(), order.count())).toList());
    }

    @I2PListener(id = "headers", port = "3", framing = "line")
    String headers(
        String line,
        @Header(I2PHeaders.REMOTE_BASE32) String base32,
        @Header(I2PHeaders.REMOTE_DESTINATION) Destination remote,
        @Header(I2PHeaders.REMOTE_ADDRESS) I2PAddress address,
        @Header(I2PHeaders.REMOTE_PORT) int remotePort,
        @Header(I2PHeaders.LOCAL_PORT) int localPort,
        @Header(I2PHeaders.LISTENER_ID) String id,
        @Header(I2PHeaders.MANAGER) String manager,
        @Header(I2PHeaders.STREAM_ID) long stream,
        I2PSocket socket) {
      assertThat(remote).isEqualTo(socket.remoteDestination());
      assertThat(address).isEqualTo(socket.remoteAddress());
      assertThat(remotePort).isEqualTo(socket.getPort());
      assertThat(stream).isEqualTo(socket.stats().id());
      return line + "|" + base32 + "|" + localPort + "|" + id + "|" + manager;
    }

    @I2PListener(port = "4")
    String once(@Header(I2PHeaders.LOCAL_PORT) int port) {
      return "port " + port;
    }

    @I2PListener(port = "6", framing = "line")
    String custom(Duration sinceAge, String line) {
      return sinceAge.isNegative() ? "negative" : line;
    }
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "do")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Join.class, name = "join"),
    @JsonSubTypes.Type(value = Say.class, name = "say"),
    @JsonSubTypes.Type(value = Leave.class, name = "leave")
  })
  interface Command {}

  record Join(String room) implements Command {}

  record Say(@NotBlank String text) implements Command {}

  record Leave() implements Command {}

  @I2PListener(id = "chat", port = "10", framing = "line")
  @I2PListener(id = "chat-too", port = "11", framing = "line")
  static class Chat {
    @I2PHandler
    String join(Join join, @Header(I2PHeaders.LISTENER_ID) String id) {
      return "joined " + join.room() + " by " + id;
    }

    @I2PHandler
    String say(@Valid Say say, I2PAddress peer) {
      return peer.destination().equals(network.peer().destination()) ? say.text() : "who?";
    }

    @I2PHandler(isDefault = true)
    String other(String text) {
      return "? " + text;
    }
  }

  @Validated
  static class Constrained {
    @I2PListener(port = "13", framing = "line", errorHandler = "kinds")
    String line(@Size(max = 3) String line) {
      return line;
    }
  }

  @I2PListener(port = "12")
  static class Single {
    @I2PHandler
    String any(I2PSocket socket) {
      return "single";
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Support {
    @Bean
    LocalValidatorFactoryBean validator() {
      return new LocalValidatorFactoryBean();
    }

    @Bean
    static MethodValidationPostProcessor methodValidation() {
      return new MethodValidationPostProcessor();
    }

    @Bean
    I2PListenerErrorHandler kinds() {
      return failure -> I2PErrorAction.reply(Map.of("kind", failure.kind()));
    }

    @Bean
    I2PListenerConfigurer resolver() {
      return registrar ->
          registrar.addArgumentResolver(
              new HandlerMethodArgumentResolver() {
                @Override
                public boolean supportsParameter(MethodParameter parameter) {
                  return parameter.getParameterType() == Duration.class;
                }

                @Override
                public Object resolveArgument(MethodParameter parameter, Message<?> message) {
                  return message.getHeaders().get(I2PHeaders.SOCKET, I2PSocket.class).stats().age();
                }
              });
    }
  }

  @BeforeAll
  static void start() throws Exception {
    network = new ListenerNetwork();
    context =
        network.start(
            Map.of(), Support.class, Orders.class, Chat.class, Single.class, Constrained.class);
  }

  @AfterAll
  static void stop() {
    context.close();
    network.close();
  }

  @Test
  void objectsComeFromJsonAndGoAsJson() throws Exception {
    assertThat(network.ask(context, 1, "{\"item\":\"tea\",\"count\":2}\r\n"))
        .isEqualTo("{\"item\":\"tea\",\"total\":6}\n");
  }

  @Test
  void genericTypesAndFuturesAreConvertedToo() throws Exception {
    String json = "[{\"item\":\"a\",\"count\":1}]";
    assertThat(network.ask(context, 2, "\0\0\0" + (char) json.length() + json))
        .endsWith("[{\"item\":\"a\",\"total\":1}]");
  }

  @Test
  void aMessageThatIsNoJsonOrViolatesAConstraintResetsItsStreamAndSparesTheNext() throws Exception {
    for (String bad : List.of("nonsense\n", "{\"item\":\" \",\"count\":1}\n", "\n")) {
      try (I2PSocket socket = network.dial(context, 1)) {
        assertReset(socket, bad);
      }
    }
    objectsComeFromJsonAndGoAsJson();
    assertThat(container(context, "orders").isRunning()).isTrue();
  }

  @Test
  void headersSayWhoSentTheMessageAndWhere() throws Exception {
    String rest = "|" + network.peer().destination().base32() + "|3|headers|application\n";
    assertThat(network.ask(context, 3, "x\n\n")).isEqualTo("x" + rest + rest);
  }

  @Test
  void aMethodWithHeadersOnlyIsCalledOncePerStream() throws Exception {
    assertThat(network.ask(context, 4, "")).isEqualTo("port 4");
  }

  @Test
  void resolversOfTheApplicationStandBesideMessages() throws Exception {
    assertThat(network.ask(context, 6, "hello\n")).isEqualTo("hello\n");
  }

  @Test
  void methodsOfAClassGetTheMessagesOfTheirType() throws Exception {
    assertThat(
            network.ask(
                context,
                10,
                """
                {"do":"join","room":"r"}
                {"do":"say","text":"hi"}
                {"do":"leave"}
                no json
                """))
        .isEqualTo("joined r by chat\nhi\n? {\"do\":\"leave\"}\n? no json\n");
    assertThat(network.ask(context, 11, "{\"do\":\"join\",\"room\":\"r\"}\n"))
        .isEqualTo("joined r by chat-too\n");
    assertThat(network.ask(context, 12, "")).isEqualTo("single");
    assertThat(container(context, "chat").description()).isEqualTo(Chat.class.getName());
  }

  @Test
  void aMessageOfAClassIsValidated() throws Exception {
    try (I2PSocket socket = network.dial(context, 10)) {
      assertReset(socket, "{\"do\":\"say\",\"text\":\"\"}\n");
    }
  }

  @Test
  void constraintsOfParametersCountAsThoseOfMessagesAndErrorsMayBeObjects() throws Exception {
    assertThat(network.ask(context, 13, "one\nthree\ntwo\n"))
        .isEqualTo("one\n{\"kind\":\"INVALID\"}\ntwo\n");
  }

  @I2PListener(port = "1")
  static class NoHandler {}

  @I2PListener(port = "1")
  static class Unrelated {
    @I2PHandler
    void first(Order order) {}

    @I2PHandler
    void second(Receipt receipt) {}
  }

  @I2PListener(port = "1")
  static class TwoDefaults {
    @I2PHandler(isDefault = true)
    void first(String text) {}

    @I2PHandler(isDefault = true)
    void second(byte[] bytes) {}
  }

  @I2PListener(port = "1")
  static class TakesAny {
    @I2PHandler
    void first(String text) {}

    @I2PHandler
    void second(Order order) {}
  }

  static class TwoObjects {
    @I2PListener(port = "1")
    void handle(Order order, Receipt receipt) {}
  }

  static class ObjectAndStream {
    @I2PListener(port = "1")
    void handle(Order order, InputStream in) {}
  }

  @Test
  void faultsInTheDeclarationSayWhatToChange() {
    assertFault(null, NoHandler.class, "without an @I2PHandler", "Put @I2PHandler");
    assertFault(null, Unrelated.class, "not one type in common", "@JsonTypeInfo");
    assertFault(null, TwoDefaults.class, "second default", "Leave one");
    assertFault(null, TakesAny.class, "takes any message", "isDefault");
    assertFault(null, TwoObjects.class, "same thing twice", "each at most once");
    assertFault(null, ObjectAndStream.class, "InputStream that they are", "each at most once");
  }

  @Test
  void withoutJacksonObjectsAreRefusedWithWhatIsMissing() {
    ClassLoader without = new FilteredClassLoader("tools.jackson");
    assertFault(
        without, TakesObject.class, "takes a " + Order.class.getName(), "Jackson on the class");
    assertFault(without, ReturnsObject.class, "returns " + Receipt.class.getTypeName(), "Jackson");
  }

  static class TakesObject {
    @I2PListener(port = "5")
    void order(Order order) {}
  }

  static class ReturnsObject {
    @I2PListener(port = "5")
    @Nullable Receipt receipt(String line) {
      return null;
    }
  }

  private static void assertFault(
      @Nullable ClassLoader loader, Class<?> listener, String description, String action) {
    assertThatThrownBy(
            () -> {
              try (var faulty = new AnnotationConfigApplicationContext()) {
                if (loader != null) {
                  faulty.setClassLoader(loader);
                }
                faulty.registerBean(StreamManager.class, () -> network.manager("faulty"));
                faulty.register(I2PListenerConfiguration.class, listener);
                faulty.refresh();
              }
            })
        .isInstanceOfSatisfying(
            I2PConfigurationException.class,
            fault -> {
              assertThat(fault.description()).contains(description);
              assertThat(fault.action()).contains(action);
            });
  }

  /** Sends what resets the stream; it may be reset before the flush has ended. */
  private static void assertReset(I2PSocket socket, String bytes) {
    assertThatExceptionOfType(StreamingException.Reset.class)
        .isThrownBy(
            () -> {
              send(socket, bytes);
              socket.getInputStream().read();
            });
  }
}
