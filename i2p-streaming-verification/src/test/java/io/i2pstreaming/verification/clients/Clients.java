package io.i2pstreaming.verification.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;

/** Clients that people use, set up as for any I2P address, against the services of a pair. */
final class Clients {
  static final int HTTP = 80;
  static final int HTTPS = 443;
  static final int POSTGRES = 5432;
  static final int TLS_ECHO = 7;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Pair pair;
  private final TestTls tls;

  /** Starts the services. */
  Clients(Pair pair) throws Exception {
    this.pair = pair;
    tls = new TestTls(pair.host());
    pair.serve(HTTP, PageServer::serve);
    pair.serve(HTTPS, socket -> PageServer.serve(secured(socket)));
    pair.serve(POSTGRES, ScriptedPostgres::serve);
    pair.serve(
        TLS_ECHO,
        socket -> {
          try (SSLSocket secured = secured(socket)) {
            secured.getInputStream().transferTo(secured.getOutputStream());
          }
        });
  }

  private SSLSocket secured(Socket socket) throws IOException {
    return (SSLSocket) tls.context.getSocketFactory().createSocket(socket, null, true);
  }

  /** Two pages by Apache HttpClient 5, over one kept-alive stream. */
  List<String> apache() throws IOException {
    PoolingHttpClientConnectionManager connections =
        new PoolingHttpClientConnectionManager(
            new DefaultHttpClientConnectionOperator(
                proxy -> newSocket(),
                null,
                new Unresolved(),
                RegistryBuilder.<org.apache.hc.client5.http.ssl.TlsSocketStrategy>create().build()),
            PoolConcurrencyPolicy.STRICT,
            PoolReusePolicy.LIFO,
            TimeValue.NEG_ONE_MILLISECOND,
            null);
    List<String> pages = new ArrayList<>();
    try (CloseableHttpClient client =
        HttpClients.custom().setConnectionManager(connections).disableAutomaticRetries().build()) {
      for (String path : List.of("/one", "/two")) {
        HttpGet request = new HttpGet("http://" + pair.host() + path);
        pages.add(client.execute(request, page -> EntityUtils.toString(page.getEntity())));
      }
    }
    return pages;
  }

  private Socket newSocket() throws IOException {
    return pair.client.socketFactory().createSocket();
  }

  /** Leaves the name to the router. */
  private static final class Unresolved implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      throw new UnknownHostException("names are not resolved here");
    }

    @Override
    public List<InetSocketAddress> resolve(String host, int port) {
      return List.of(InetSocketAddress.createUnresolved(host, port));
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }

  /** Two pages by OkHttp, in plain and by TLS, where it verifies the host name. */
  List<String> okhttp() throws IOException {
    OkHttpClient client =
        new OkHttpClient.Builder()
            .socketFactory(pair.client.socketFactory())
            .sslSocketFactory(tls.context.getSocketFactory(), tls.trust)
            .dns(Clients::nameKept)
            .retryOnConnectionFailure(false)
            .connectTimeout(PATIENCE)
            .readTimeout(PATIENCE)
            .writeTimeout(PATIENCE)
            .build();
    List<String> pages = new ArrayList<>();
    try {
      for (String scheme : List.of("http", "https")) {
        Request request = new Request.Builder().url(scheme + "://" + pair.host() + "/page").build();
        try (Response response = client.newCall(request).execute()) {
          ResponseBody body = response.body();
          pages.add(body == null ? "" : body.string());
        }
      }
    } finally {
      client.connectionPool().evictAll();
      client.dispatcher().executorService().shutdown();
    }
    return pages;
  }

  /** OkHttp wants an IP address: any will do, because the name stays with it and is what counts. */
  private static List<InetAddress> nameKept(String host) {
    try {
      return List.of(InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1}));
    } catch (UnknownHostException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One query by the PostgreSQL driver. */
  String postgres(String question) throws SQLException {
    PostgresSockets.MANAGER.set(pair.client);
    Properties properties = new Properties();
    properties.setProperty("user", "test");
    properties.setProperty("socketFactory", PostgresSockets.class.getName());
    properties.setProperty("preferQueryMode", "simple");
    String url = "jdbc:postgresql://" + pair.host() + ":" + POSTGRES + "/test";
    try (Connection connection = DriverManager.getConnection(url, properties);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(question)) {
      return rows.next() ? rows.getString(1) : "";
    } finally {
      PostgresSockets.MANAGER.set(null);
    }
  }

  /** Bytes there and back by the JDK's TLS on top of a stream, with the host name verified. */
  String tlsEcho(String text) throws IOException {
    Socket plain = pair.client.connect(pair.address(TLS_ECHO));
    try (SSLSocket secured =
        (SSLSocket)
            tls.context.getSocketFactory().createSocket(plain, pair.host(), TLS_ECHO, true)) {
      SSLParameters parameters = secured.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secured.setSSLParameters(parameters);
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      secured.getOutputStream().write(bytes);
      secured.getOutputStream().flush();
      return new String(secured.getInputStream().readNBytes(bytes.length), StandardCharsets.UTF_8);
    }
  }
}
