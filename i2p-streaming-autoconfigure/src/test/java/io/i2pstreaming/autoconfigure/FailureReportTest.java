package io.i2pstreaming.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

@DisplayName("D8 what the console says of a start that fails")
@ExtendWith(OutputCaptureExtension.class)
class FailureReportTest {
  @TempDir private Path folder;

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration({
    SslAutoConfiguration.class,
    I2PRouterAutoConfiguration.class,
    I2PStreamingAutoConfiguration.class,
    I2PListenerAutoConfiguration.class
  })
  static class Application {}

  /** Runs an application to its failure; everything printed. */
  private static String report(CapturedOutput output, String... properties) {
    List<String> arguments = new ArrayList<>();
    Arrays.stream(properties).map(property -> "--" + property).forEach(arguments::add);
    if (Arrays.stream(properties).noneMatch(property -> property.startsWith("i2p.router.port"))) {
      arguments.add("--i2p.router.port=1");
    }
    Throwable failure =
        catchThrowable(
            () ->
                new SpringApplicationBuilder(Application.class)
                    .web(WebApplicationType.NONE)
                    .run(arguments.toArray(String[]::new))
                    .close());
    assertThat(failure).isNotNull();
    assertThat(output).contains("APPLICATION FAILED TO START");
    return output.toString().substring(output.toString().lastIndexOf("APPLICATION FAILED"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Boot's own binding
        "i2p.router.port | seven | Write a whole number",
        "i2p.router.embedded.network.latency | soon | Write a duration, such as 500ms",
        "i2p.template.max-response-size | large | Write a size, such as 64KB",
        "i2p.router.embedded.network.loss | much | Write a probability from 0 to 1",
        "i2p.startup.fail-fast | perhaps | Write true or false",
        "i2p.template.retry.multiplier | twice | Write a number",
        "i2p.managers.shop.router.port | seven | Write a whole number",
        // ranges
        "i2p.router.mode | both | Write external",
        "i2p.router.port | 70000 | 1 to 65535",
        "i2p.router.addresses | a:b | Write host or host:port",
        "i2p.router.ssl.bundle | nowhere | spring.ssl.bundle.pem.nowhere.truststore",
        "i2p.session.options.i2cp.destination.sigType | 11 | Write EdDSA_SHA512_Ed25519",
        "i2p.trace.max-size | 1KB | such as 256MB",
        "i2p.destination.signature-type | RSA | Write EdDSA_SHA512_Ed25519",
        "i2p.managers.shop.destination.signature-type | 11 | ECDSA_SHA256_P256 (1)",
        "i2p.listener.concurrency | 0 | Set it to 1 or more",
        "i2p.listener.max-message-size | 0B | Correct i2p.listener.max-message-size",
        "i2p.listener.recovery.multiplier | 0 | multiplier is at least 1",
        "i2p.shutdown.grace-period | -1s | Set it to 0s or more",
        "i2p.template.retry.delay | -1s | no time is negative",
        "i2p.template.max-concurrent | 0 | Set it to 1 or more",
        "i2p.template.max-response-size | 3GB | less than 2 GB",
        "i2p.access-list.mode | some | use allow (only those), deny",
        "i2p.access-list.file | /nowhere/peers.txt | Name a text file",
        "i2p.streaming.profile | 0 | bulk or interactive",
        "i2p.managers.shop.streaming.profile | 0 | bulk or interactive",
        "i2cp.enableAccessList | perhaps | Write true or false",
        "i2p.session.options.i2cp.leaseSetEncType | 99 | i2p.session.options",
        "i2p.session.options.i2cp.leaseSetType | 5 | i2p.session.options",
        "i2p.session.options.i2p.streaming.profile | 2 | property i2p.streaming.profile"
      })
  void aBadValueIsNamedWithItsPropertyAndWhatToWriteInstead(
      String property, String value, String remedy, CapturedOutput output) {
    String report = report(output, property + "=" + value, whatMakesItCount(property));
    assertThat(report)
        .containsIgnoringCase(property.substring(property.lastIndexOf('.') + 1))
        .contains(remedy)
        .doesNotContainPattern("\\.\\.\\s");
    if (property.endsWith("streaming.profile") && !property.contains("session")) {
      assertThat(report).contains("cannot be used: '0' is not allowed; use");
    }
    // Sizes and durations may be shown in another unit.
    if (!property.endsWith("-size")
        && !value.equals("-1s")
        && !property.startsWith("i2p.session.options")) {
      assertThat(report).contains(value);
    }
  }

  /** Another property, without which nobody reads this one. */
  private static String whatMakesItCount(String property) {
    if (property.startsWith("i2p.access-list.file")) {
      return "i2p.access-list.mode=allow";
    }
    if (property.startsWith("i2p.trace")) {
      return "i2p.trace.file=target/trace.pcapng";
    }
    return property.contains("embedded") ? "i2p.router.mode=embedded" : "a=b";
  }

  @Test
  void entriesOfListsAreNotShown(CapturedOutput output) {
    assertThat(
            report(output, "i2p.access-list.mode=allow", "i2p.access-list.entries=secret.example"))
        .contains("i2p.access-list.entries", "entry 1", "Correct the entry");
    assertThat(output).doesNotContain("secret");
  }

  @Test
  void anUnreachableRouterIsNamedWithWhatToLookAt(CapturedOutput output) {
    assertThat(report(output, "i2p.startup.fail-fast=true", "i2p.startup.timeout=5s"))
        .contains("127.0.0.1:1", "Start the router and its I2CP interface", "fail-fast=false");
  }

  @Test
  void keyFilesThatCannotBeReadSayWhy(CapturedOutput output) throws IOException {
    String property = "i2p.destination.key-file=";
    Path empty = Files.createFile(folder.resolve("empty.dat"));
    assertThat(report(output, property + empty)).contains("it is empty", "restore it");
    Path text = Files.writeString(folder.resolve("text.dat"), "QUFBQUFBQUE");
    assertThat(report(output, property + text)).contains("a key file is binary");
    byte[] noise = new byte[100_000];
    Path large = Files.write(folder.resolve("large.dat"), noise);
    assertThat(report(output, property + large)).contains("too many for a key file");
    Path cut = Files.write(folder.resolve("cut.dat"), new byte[400]);
    assertThat(report(output, property + cut)).contains("cut.dat", "restore it from a backup");
    assertThat(report(output, property + folder)).contains("it is a folder", "Name a key file");
    assertThat(report(output, property + text.resolve("below.dat"))).contains("Name a key file");
    assertThat(
            report(
                output,
                property + folder.resolve("missing.dat"),
                "i2p.destination.create-if-missing=false"))
        .contains("does not exist", "i2p.destination.create-if-missing=true");
    assertThat(folder.resolve("missing.dat")).doesNotExist();
  }
}
