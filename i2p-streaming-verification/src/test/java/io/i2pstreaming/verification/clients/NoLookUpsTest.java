package io.i2pstreaming.verification.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A JVM whose every name look-up goes to a resolver that writes it down and knows no name. The
 * resolver interface is newer than our baseline, so the running JDK compiles it here.
 */
@DisplayName("A17 no client over our sockets asks DNS")
@Timeout(300)
class NoLookUpsTest {
  private static final String RESOLVER =
      """
      package recording;

      import java.net.InetAddress;
      import java.net.UnknownHostException;
      import java.net.spi.InetAddressResolver;
      import java.net.spi.InetAddressResolverProvider;
      import java.util.stream.Stream;

      public final class Resolver extends InetAddressResolverProvider implements InetAddressResolver {
        @Override
        public InetAddressResolver get(Configuration configuration) {
          return this;
        }

        @Override
        public String name() {
          return "recording";
        }

        @Override
        public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
            throws UnknownHostException {
          throw recorded("name " + host);
        }

        @Override
        public String lookupByAddress(byte[] address) throws UnknownHostException {
          throw recorded("address of " + address.length + " bytes");
        }

        private static synchronized UnknownHostException recorded(String what) {
          System.setProperty("%1$s", System.getProperty("%1$s", "") + what + ";");
          return new UnknownHostException(what);
        }
      }
      """
          .formatted(LookUpWitness.PROPERTY);

  @Test
  void everyClientInOneJvm(@TempDir Path folder) throws Exception {
    assertThat(OwnJvm.run(LookUpWitness.class, List.of(compiledInto(folder)), List.of()))
        .contains("look-ups: none");
  }

  @Test
  @DisplayName("D4 no HTTP client of Spring Boot does, whichever it chooses")
  void everyClientOfSpringBoot(@TempDir Path folder) throws Exception {
    assertThat(OwnJvm.run(SpringLookUpWitness.class, List.of(compiledInto(folder)), List.of()))
        .contains("look-ups of I2P: none");
  }

  private static Path compiledInto(Path folder) throws Exception {
    OwnJvm.needsNewerJava("name look-ups can be watched since Java 18");
    Path source = folder.resolve("Resolver.java");
    Files.writeString(source, RESOLVER);
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(
        services.resolve("java.net.spi.InetAddressResolverProvider"), "recording.Resolver\n");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    assertThat(compiler).isNotNull();
    StringWriter said = new StringWriter();
    boolean compiled;
    try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      compiled =
          compiler
              .getTask(
                  said,
                  files,
                  null,
                  List.of("-d", folder.toString(), "-proc:none"),
                  null,
                  files.getJavaFileObjects(source))
              .call();
    }
    assertThat(compiled).as(said.toString()).isTrue();
    return folder;
  }
}
