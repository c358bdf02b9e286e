package io.i2pstreaming.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.StreamManager;
import io.i2pstreaming.spring.StreamManagers;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.javapoet.ClassName;

@DisplayName("D1 D8 several managers, ahead of time")
class NamedManagersAheadOfTimeTest {
  /** What is known in the build. */
  private static final String[] NAMES = {
    "i2p.router.mode=embedded",
    "i2p.managers.shop.primary=true",
    "i2p.managers.news.streaming.maxWindowSize=16"
  };

  @TempDir private Path folder;

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration({
    I2PRouterAutoConfiguration.class,
    I2PStreamingAutoConfiguration.class,
    I2PListenerAutoConfiguration.class
  })
  static class Application {
    @Autowired
    @Qualifier("news")
    private StreamManager news;
  }

  /** Runs what was generated; called in a class loader of its own. */
  public static final class Run {
    private Run() {}

    /** What the managers are, with other properties than in the build. */
    @SuppressWarnings("unchecked") // The generated class is such an initializer.
    public static String run(String initializer) throws ReflectiveOperationException {
      try (GenericApplicationContext context = new GenericApplicationContext()) {
        TestPropertyValues.of(NAMES)
            .and("i2p.managers.news.streaming.maxWindowSize=32", "i2p.streaming.maxResends=5")
            .applyTo(context);
        ApplicationContextInitializer<GenericApplicationContext> generated =
            Class.forName(initializer)
                .asSubclass(ApplicationContextInitializer.class)
                .getDeclaredConstructor()
                .newInstance();
        generated.initialize(context);
        context.refresh();
        StringBuilder seen = new StringBuilder();
        for (Map.Entry<String, StreamManager> manager :
            new TreeMap<>(context.getBean(StreamManagers.class).byName()).entrySet()) {
          Map<String, String> options = manager.getValue().options().asMap();
          seen.append(manager.getKey())
              .append(' ')
              .append(options.get("maxWindowSize"))
              .append(' ')
              .append(options.get("maxResends"))
              .append('\n');
        }
        seen.append("primary ").append(context.getBean(StreamManager.class).name()).append('\n');
        seen.append("qualified ").append(context.getBean(Application.class).news.name());
        return seen.toString();
      }
    }
  }

  @Test
  void theManagersOfTheBuildAreThereWithThePropertiesOfTheRun() throws Exception {
    String initializer = generateAndCompile();
    List<URL> urls = new ArrayList<>(List.of(folder.toUri().toURL()));
    for (String entry : classPath().split(File.pathSeparator)) {
      urls.add(url(entry));
    }
    // All classes anew, so that generated ones may use what is package-private in theirs.
    try (URLClassLoader loader =
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      Thread thread = Thread.currentThread();
      ClassLoader before = thread.getContextClassLoader();
      thread.setContextClassLoader(loader);
      try {
        Object seen =
            loader
                .loadClass(Run.class.getName())
                .getMethod("run", String.class)
                .invoke(null, initializer);
        assertThat(seen)
            .asString()
            .isEqualTo("news 32 5\nshop 128 5\nprimary shop\nqualified news");
      } finally {
        thread.setContextClassLoader(before);
      }
    }
  }

  private String generateAndCompile() throws IOException {
    InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();
    DefaultGenerationContext generation =
        new DefaultGenerationContext(
            new ClassNameGenerator(ClassName.get("io.i2pstreaming.autoconfigure", "Target")),
            files);
    String initializer;
    try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
      TestPropertyValues.of(NAMES).applyTo(context);
      context.register(Application.class);
      initializer =
          new ApplicationContextAotGenerator()
              .processAheadOfTime(context, generation)
              .canonicalName();
    }
    generation.writeGeneratedContent();
    List<String> sources = new ArrayList<>();
    for (Kind kind : List.of(Kind.SOURCE, Kind.CLASS)) {
      for (String name : files.getGeneratedFiles(kind).keySet()) {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        try (InputStream in = files.getGeneratedFile(kind, name).getInputStream()) {
          Files.copy(in, file);
        }
        if (kind == Kind.SOURCE) {
          sources.add(file.toString());
        }
      }
    }
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-proc:none",
                "-nowarn",
                "-d",
                folder.toString(),
                "-classpath",
                folder + File.pathSeparator + classPath()));
    arguments.addAll(sources);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, said, said, arguments.toArray(String[]::new));
    assertThat(failed).as(said.toString(StandardCharsets.UTF_8)).isZero();
    return initializer;
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private static URL url(String entry) throws MalformedURLException {
    return Path.of(entry).toUri().toURL();
  }
}
