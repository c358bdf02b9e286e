package io.i2pstreaming.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.i2pstreaming.StreamManager;
import io.i2pstreaming.endpoint.AccessList;
import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.identity.SigningKeyType;
import io.i2pstreaming.spring.I2PConfigurationException;
import io.i2pstreaming.spring.StreamManagers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;

@DisplayName("A12 A13 D1 who may connect, changed while running")
@ExtendWith(OutputCaptureExtension.class)
class AdmissionReloadTest {
  private static final String A = name();
  private static final String B = name();

  private final Map<String, Object> changing = new HashMap<>();

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  I2PRouterAutoConfiguration.class, I2PStreamingAutoConfiguration.class))
          .withInitializer(
              context ->
                  context
                      .getEnvironment()
                      .getPropertySources()
                      .addFirst(new MapPropertySource("changing", changing)))
          .withPropertyValues("i2p.router.port=1");

  @TempDir private Path folder;

  private static String name() {
    return DestinationKeys.generate(SigningKeyType.EDDSA_SHA512_ED25519, new SecureRandom())
        .destination()
        .base32();
  }

  private static void await(BooleanSupplier condition) {
    long begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - begin).as("waited too long").isLessThan(60_000_000_000L);
      LockSupport.parkNanos(10_000_000);
    }
  }

  @Test
  void aListMayStandInAFileWithComments() throws IOException {
    Path file = folder.resolve("peers.txt");
    Files.writeString(file, "# friends\n" + A + "   # the first\n\n" + B + "," + A + "\n");
    runner
        .withPropertyValues("i2p.access-list.mode=allow", "i2p.access-list.file=" + file)
        .run(
            context -> {
              AccessList list = context.getBean(StreamManager.class).accessList();
              assertThat(list.mode()).isEqualTo(AccessList.Mode.ALLOW);
              assertThat(list.size()).isEqualTo(2);
            });
    runner
        .withPropertyValues(
            "i2p.access-list.mode=deny",
            "i2p.access-list.entries[0]=" + name(),
            "i2p.access-list.file=" + file)
        .run(
            context -> {
              AccessList list = context.getBean(StreamManager.class).accessList();
              assertThat(list.mode()).isEqualTo(AccessList.Mode.DENY);
              assertThat(list.size()).isEqualTo(3);
            });
  }

  @Test
  void reloadReadsPropertiesAndFilesAnewOrChangesNothing() throws IOException {
    Path file = Files.writeString(folder.resolve("peers.txt"), A);
    runner
        .withPropertyValues(
            "i2p.managers.shop.access-list.mode=allow",
            "i2p.managers.shop.access-list.file=" + file,
            "i2p.managers.news.streaming.maxConnsPerDay=5")
        .run(
            context -> {
              StreamManagers managers = context.getBean(StreamManagers.class);
              StreamManager shop = managers.get("shop");
              StreamManager news = managers.get("news");
              I2PAdmission admission = context.getBean(I2PAdmission.class);

              Files.writeString(file, A + " " + B);
              changing.put("i2p.managers.news.streaming.maxConnsPerDay", "7");
              changing.put("i2p.streaming.blacklist", B);
              admission.reload("shop");
              assertThat(shop.accessList().size()).isEqualTo(2);
              assertThat(shop.blacklist().size()).isEqualTo(1);
              assertThat(news.limits().asMap()).containsEntry("maxConnsPerDay", "5");
              admission.reload();
              assertThat(news.limits().asMap()).containsEntry("maxConnsPerDay", "7");
              assertThat(news.blacklist().size()).isEqualTo(1);

              Files.writeString(file, "nonsense");
              changing.put("i2p.managers.news.streaming.maxConnsPerDay", "9");
              assertThatExceptionOfType(I2PConfigurationException.class)
                  .isThrownBy(admission::reload)
                  .satisfies(
                      e ->
                          assertThat(e.description())
                              .contains("i2p.managers.shop.access-list.file", "entry 1")
                              .doesNotContain("nonsense"));
              assertThat(shop.accessList().size()).isEqualTo(2);
              assertThat(news.limits().asMap()).containsEntry("maxConnsPerDay", "7");
              assertThatIllegalArgumentException().isThrownBy(() -> admission.reload("nobody"));
            });
  }

  @Test
  void withAnIntervalAChangedFileIsSeenAndABrokenOneKeepsTheOldList(CapturedOutput output)
      throws IOException {
    Path file = Files.writeString(folder.resolve("peers.txt"), A);
    runner
        .withPropertyValues(
            "i2p.access-list.mode=allow",
            "i2p.access-list.file=" + file,
            "i2p.access-list.reload-interval=20ms")
        .run(
            context -> {
              StreamManager manager = context.getBean(StreamManager.class);
              assertThat(manager.accessList().size()).isEqualTo(1);
              replace(file, A + "\n" + B);
              await(() -> manager.accessList().size() == 2);
              replace(file, "nonsense");
              await(() -> output.toString().contains("the access list stays as it was"));
              assertThat(manager.accessList().size()).isEqualTo(2);
              Files.delete(file);
              await(() -> output.toString().contains("does not exist"));
              assertThat(manager.accessList().mode()).isEqualTo(AccessList.Mode.ALLOW);
              replace(file, "# nobody");
              await(() -> manager.accessList().size() == 0);
              assertThat(manager.accessList().mode()).isEqualTo(AccessList.Mode.ALLOW);
            });
    assertThat(output).doesNotContain("nonsense").doesNotContain(A.substring(0, 10));
    await(
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("i2p-access-list")));
  }

  /** At once: a file that is written into is empty for a moment. */
  private void replace(Path file, String content) throws IOException {
    Path next = Files.writeString(folder.resolve("next.txt"), content);
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void aFileThatIsBeingWrittenIsNotReadAndNoChangeSinceTheFirstReadingIsMissed()
      throws IOException {
    Path file = Files.writeString(folder.resolve("peers.txt"), A);
    runner
        .withPropertyValues(
            "i2p.access-list.mode=deny",
            "i2p.access-list.file=" + file,
            // Nobody looks but this test.
            "i2p.access-list.reload-interval=365d")
        .run(
            context -> {
              StreamManager manager = context.getBean(StreamManager.class);
              AccessListFiles files = context.getBean(AccessListFiles.class);
              files.lookAtAll();
              // What others see of a file between its opening and its writing.
              Files.writeString(file, "");
              files.lookAtAll();
              assertThat(manager.accessList().size()).isEqualTo(1);
              Files.writeString(file, A + " " + B);
              files.lookAtAll();
              assertThat(manager.accessList().size()).isEqualTo(1);
              files.lookAtAll();
              assertThat(manager.accessList().size()).isEqualTo(2);

              // What the application has changed itself stays until the file changes.
              manager.accessList(AccessList.OFF);
              context.stop();
              context.start();
              files.lookAtAll();
              files.lookAtAll();
              assertThat(manager.accessList().mode()).isEqualTo(AccessList.Mode.OFF);
              context.stop();
              Files.writeString(file, B + "," + A + " " + name());
              context.start();
              files.lookAtAll();
              files.lookAtAll();
              assertThat(manager.accessList().size()).isEqualTo(3);
            });
  }

  @Test
  void aListWithoutEntriesOrFileAndAnIntervalOfNothingEndTheStart() {
    runner
        .withPropertyValues("i2p.access-list.mode=allow")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .hasMessageContaining("has no entries"));
    runner
        .withPropertyValues("i2p.access-list.reload-interval=0s")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .hasMessageContaining("longer than zero"));
    runner
        .withPropertyValues("i2p.access-list.mode=allow", "i2cp.enableBlackList=true")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .hasMessageContaining("given twice"));
  }
}
