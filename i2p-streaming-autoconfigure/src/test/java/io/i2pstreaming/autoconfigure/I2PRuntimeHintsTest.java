package io.i2pstreaming.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.spring.I2PHandler;
import io.i2pstreaming.spring.I2PListener;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.ReflectionHintsPredicates;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.aot.AotServices;
import org.springframework.context.annotation.AnnotationConfigUtils;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.javapoet.ClassName;

@DisplayName("D8 hints for a native image")
class I2PRuntimeHintsTest {
  private static final ReflectionHintsPredicates REFLECTION = RuntimeHintsPredicates.reflection();

  record Question(String text, List<Detail> details) {}

  record Detail(int number) {}

  record Answer(String text) {}

  /** Listener methods with messages that converters make. */
  static class Listeners {
    @I2PListener(port = "1")
    Answer answer(Question question) {
      return new Answer(question.text());
    }

    @I2PListener(port = "2")
    @I2PListener(port = "3")
    CompletableFuture<Answer> later(String question) {
      return CompletableFuture.completedFuture(new Answer(question));
    }

    void notAListener(Unseen unseen) {}
  }

  record Command(String text) {}

  /** A class with a listener. */
  @I2PListener(port = "4")
  static class Handlers {
    @I2PHandler
    void handle(Command command) {}
  }

  record Unseen(String text) {}

  @ParameterizedTest
  @ValueSource(
      classes = {
        I2PProperties.Manager.class,
        I2PProperties.Router.class,
        I2PProperties.Network.class,
        I2PProperties.Destination.class
      })
  void whatIsSaidForAManagerCanBeBound(Class<?> type) {
    assertThat(REFLECTION.onConstructorInvocation(type.getDeclaredConstructors()[0]))
        .accepts(registered());
  }

  @Test
  void namesOfPropertiesCanBeRead() {
    RuntimeHints hints = registered();
    UnknownPropertyReport.RECORDS
        .values()
        .forEach(type -> assertThat(REFLECTION.onType(type)).as(type.getName()).accepts(hints));
    assertThat(REFLECTION.onType(I2PProperties.Retry.class)).as("nested").accepts(hints);
  }

  private static RuntimeHints registered() {
    RuntimeHints hints = new RuntimeHints();
    for (RuntimeHintsRegistrar registrar :
        AotServices.factories().load(RuntimeHintsRegistrar.class)) {
      if (registrar instanceof I2PRuntimeHints) {
        registrar.registerHints(hints, I2PRuntimeHints.class.getClassLoader());
      }
    }
    return hints;
  }

  @Test
  void listenerMethodsCanBeCalledAndTheirMessagesConverted() throws Exception {
    RuntimeHints hints = processed(Listeners.class);
    assertThat(
            REFLECTION.onMethodInvocation(
                Listeners.class.getDeclaredMethod("answer", Question.class)))
        .accepts(hints);
    assertThat(
            REFLECTION.onMethodInvocation(Listeners.class.getDeclaredMethod("later", String.class)))
        .as("a repeated annotation")
        .accepts(hints);
    for (Class<?> message : new Class<?>[] {Question.class, Detail.class, Answer.class}) {
      assertThat(REFLECTION.onConstructorInvocation(message.getDeclaredConstructors()[0]))
          .as(message.getSimpleName())
          .accepts(hints);
    }
    assertThat(REFLECTION.onMethodInvocation(Question.class.getDeclaredMethod("text")))
        .accepts(hints);
    assertThat(REFLECTION.onType(Unseen.class)).rejects(hints);
  }

  @Test
  void soCanTheMethodsOfAClassWithAListener() throws Exception {
    RuntimeHints hints = processed(Handlers.class);
    assertThat(
            REFLECTION.onMethodInvocation(
                Handlers.class.getDeclaredMethod("handle", Command.class)))
        .accepts(hints);
    assertThat(REFLECTION.onConstructorInvocation(Command.class.getDeclaredConstructors()[0]))
        .accepts(hints);
  }

  /** The hints that ahead-of-time processing of a bean of this class leaves. */
  private static RuntimeHints processed(Class<?> type) {
    DefaultGenerationContext generation =
        new DefaultGenerationContext(
            new ClassNameGenerator(ClassName.get("generated", "Target")),
            new InMemoryGeneratedFiles());
    GenericApplicationContext context = new GenericApplicationContext();
    AnnotationConfigUtils.registerAnnotationConfigProcessors(context);
    context.registerBean(type);
    new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
    return generation.getRuntimeHints();
  }
}
