package io.i2pstreaming.autoconfigure.site;

import io.i2pstreaming.autoconfigure.I2PStreamingAutoConfiguration;
import io.i2pstreaming.spring.I2PConfigurationException;
import io.i2pstreaming.spring.StreamManagers;
import io.i2pstreaming.spring.site.CallerHeaders;
import io.i2pstreaming.spring.site.I2PCallerFilter;
import io.i2pstreaming.spring.site.I2PCallerWebFilter;
import io.i2pstreaming.spring.site.SiteGateway;
import io.i2pstreaming.spring.site.SiteSettings;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.thread.Threading;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.WebFilter;

/** {@code i2p.http.publish=true} makes the application's own web server an I2P site. */
@AutoConfiguration(after = I2PStreamingAutoConfiguration.class)
@ConditionalOnBooleanProperty("i2p.http.publish")
public final class I2PSiteAutoConfiguration {
  private static final String TASK_EXECUTOR_BEAN_NAME = "i2pSiteTaskExecutor";

  /** Headers by which the web server may be told to believe proxies; callers must not use them. */
  private static final List<String> PROXY_HEADER_PROPERTIES =
      List.of(
          "server.tomcat.remoteip.remote-ip-header",
          "server.tomcat.remoteip.protocol-header",
          "server.tomcat.remoteip.host-header",
          "server.tomcat.remoteip.port-header");

  /** The gateway, and who starts it. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(WebServerApplicationContext.class)
  @EnableConfigurationProperties({I2PHttpProperties.class, ServerProperties.class})
  static class Publication {
    @Bean
    CallerHeaders i2pCallerHeaders() {
      return new CallerHeaders();
    }

    @Bean
    @ConditionalOnMissingBean
    SiteGateway i2pSiteGateway(
        StreamManagers managers,
        I2PHttpProperties properties,
        ServerProperties server,
        CallerHeaders headers,
        Environment environment,
        @Qualifier(TASK_EXECUTOR_BEAN_NAME) Executor executor) {
      return new SiteGateway(
          managers.get(
              Objects.requireNonNullElse(properties.manager(), "").strip(),
              "The I2P site ('i2p.http.manager')"),
          settings(properties, server, environment),
          headers,
          executor);
    }

    /** Threads of streams, unless the application has an executor for them. */
    @Bean(name = TASK_EXECUTOR_BEAN_NAME, defaultCandidate = false)
    @ConditionalOnMissingBean(name = TASK_EXECUTOR_BEAN_NAME)
    AsyncTaskExecutor i2pSiteTaskExecutor(Environment environment) {
      SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("i2p-site-");
      if (Threading.VIRTUAL.isActive(environment)) {
        executor.setVirtualThreads(true);
      } else {
        executor.setDaemon(true);
      }
      return executor;
    }

    @Bean
    SitePublication i2pSitePublication(
        ApplicationContext context,
        ServerProperties server,
        SiteGateway gateway,
        I2PHttpProperties properties) {
      return new SitePublication(context, server, gateway, properties.logAddress());
    }

    private static SiteSettings settings(
        I2PHttpProperties properties, ServerProperties server, Environment environment) {
      try {
        return new SiteSettings(
            properties.port(),
            emptyToNull(properties.host()),
            properties.maxConnections(),
            properties.maxConnectionsPerDestination(),
            properties.maxRequestsPerMinute(),
            headBytes(server.getMaxHttpRequestHeaderSize()),
            properties.headerTimeout(),
            properties.idleTimeout(),
            properties.bodyTimeout(),
            properties.responseTimeout(),
            proxyHeaders(environment));
      } catch (IllegalArgumentException e) {
        // Begins with the name of the setting, which is that of the property.
        String fault = String.valueOf(e.getMessage()).replaceFirst("^[a-z-]+", "$0'");
        throw new I2PConfigurationException(
            "The I2P site cannot be published: 'i2p.http." + fault + ".",
            "Correct the property.",
            e);
      }
    }

    private static int headBytes(DataSize size) {
      long bytes = size.toBytes();
      if (bytes < SiteSettings.LEAST_HEAD_BYTES || bytes > SiteSettings.MOST_HEAD_BYTES) {
        throw new I2PConfigurationException(
            "The I2P site cannot be published: 'server.max-http-request-header-size' is "
                + size
                + ".",
            "Write a size from 512B to 1MB, or remove the property to get 8KB.");
      }
      return (int) bytes;
    }

    private static @Nullable String emptyToNull(@Nullable String text) {
      return text == null || text.isBlank() ? null : text.strip();
    }

    private static Set<String> proxyHeaders(Environment environment) {
      Set<String> headers = new HashSet<>();
      for (String property : PROXY_HEADER_PROPERTIES) {
        String header = environment.getProperty(property);
        if (header != null && !header.isBlank()) {
          headers.add(header.strip());
        }
      }
      return headers;
    }
  }

  /** Servlet applications believe the gateway and nobody else. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({Filter.class, WebServerApplicationContext.class})
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
  static class ServletTrust {
    @Bean
    FilterRegistrationBean<I2PCallerFilter> i2pCallerFilter(CallerHeaders headers) {
      var filter = new FilterRegistrationBean<>(new I2PCallerFilter(headers));
      filter.setName("i2pCallerFilter");
      filter.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
      filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
      return filter;
    }
  }

  /** Reactive applications believe the gateway and nobody else. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({WebFilter.class, WebServerApplicationContext.class})
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
  static class ReactiveTrust {
    @Bean
    I2PCallerWebFilter i2pCallerWebFilter(CallerHeaders headers) {
      return new I2PCallerWebFilter(headers);
    }
  }

  /** A site needs something to show. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnMissingClass(
      "org.springframework.boot.web.server.context.WebServerApplicationContext")
  static class NoWebServer {
    NoWebServer() {
      throw new I2PConfigurationException(
          "'i2p.http.publish' is true, but there is no web server on the class path.",
          "Add 'org.springframework.boot:spring-boot-starter-webmvc', or remove the property.");
    }
  }
}
