package dev.weir.health;

import dev.weir.config.ActiveHealthConfig;
import dev.weir.config.EndpointConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.IOException;
import java.util.List;

/**
 * Sends a request: the endpoint works when a whole response comes, with a status that is expected,
 * and a body that holds what it must. Redirects are not followed; of the body no more is kept than
 * is looked at.
 *
 * <p>Each probe has one connection of its own, which it keeps between runs. Its prober looks at the
 * time; another timer for each request would cost as much as a part of it.
 */
final class HttpProbe implements Probe {

  static final String USER_AGENT = "weir-health";

  /** An endpoint that sends it, whatever its value, calls itself degraded; so it does to Envoy. */
  private static final String DEGRADED = "x-envoy-degraded";

  private final List<Integer> expectedStatuses;
  private final List<Integer> degradedStatuses;
  private final HttpClient client;
  private final String bodyContains;
  private final HttpRequest<Buffer> request;
  private HttpConnection connection;
  private int runs;

  HttpProbe(Vertx vertx, EndpointConfig endpoint, ActiveHealthConfig config) {
    expectedStatuses = config.expectedStatuses();
    degradedStatuses = config.degradedStatuses();
    int timeoutMillis = (int) config.timeoutMillis();
    ProbeTls tls = ProbeTls.of(config.tls(), endpoint);
    HttpClientOptions connecting = new HttpClientOptions().setConnectTimeout(timeoutMillis);
    if (tls != null) {
      secure(connecting, tls);
    }
    client =
        vertx
            .httpClientBuilder()
            .with(connecting)
            .with(new PoolOptions().setHttp1MaxSize(1).setCleanerPeriod(0)) // Each takes a timer.
            .withConnectHandler(this::connected)
            .build();
    WebClientOptions options =
        new WebClientOptions().setUserAgent(USER_AGENT).setFollowRedirects(false);
    bodyContains = config.bodyContains();
    int port = config.port() == 0 ? endpoint.port() : config.port();
    request =
        WebClient.wrap(client, options)
            .request(
                HttpMethod.valueOf(config.method()),
                SocketAddress.inetSocketAddress(port, endpoint.host()),
                port,
                tls == null ? endpoint.host() : tls.serverName(endpoint),
                config.path())
            .as(BodyPrefix::new);
    config.headers().forEach(this::header);
  }

  static void secure(HttpClientOptions options, ProbeTls tls) {
    options.setSsl(true).setForceSni(true).setTrustAll(tls.insecure());
    options.setVerifyHost(!tls.insecure());
    options.setTrustOptions(tls.trust()).setKeyCertOptions(tls.certificate());
  }

  private void header(String name, String value) {
    if (name.equalsIgnoreCase("host")) {
      request.virtualHost(value);
    } else {
      request.putHeader(name, value);
    }
  }

  private void connected(HttpConnection opened) {
    connection = opened;
    opened.exceptionHandler(failure -> {}); // The result of the probe says it all.
    opened.closeHandler(
        closed -> {
          if (connection == opened) {
            connection = null;
          }
        });
  }

  @Override
  public Future<Boolean> run() {
    int run = ++runs;
    boolean reused = connection != null;
    return request
        .send()
        .recover(
            e -> reused && run == runs && isBroken(e) ? request.send() : Future.failedFuture(e))
        .compose(this::judge);
  }

  /**
   * An endpoint may close a connection that was idle for long at the very moment of the next probe.
   * That says nothing about its health, so a new connection is tried.
   */
  private static boolean isBroken(Throwable failure) {
    return failure instanceof HttpClosedException || failure instanceof IOException;
  }

  private Future<Boolean> judge(HttpResponse<Buffer> response) {
    int status = response.statusCode();
    boolean degraded = degradedStatuses.contains(status);
    boolean good =
        expectedStatuses.isEmpty()
            ? status >= 200 && status < 400
            : expectedStatuses.contains(status);
    if (!good && !degraded) {
      String expected = expectedStatuses.isEmpty() ? "200 to 399" : expectedStatuses.toString();
      return ProbeFailure.of("status " + status, expected);
    }
    if (bodyContains != null && !holds(response.body())) {
      return ProbeFailure.of("a body without it", "one with " + bodyContains);
    }
    return Future.succeededFuture(degraded || response.headers().contains(DEGRADED));
  }

  private boolean holds(Buffer body) {
    return body != null && body.toString().contains(bodyContains);
  }

  /** Closes the connection, which still waits for the rest of a response. */
  @Override
  public void cancel() {
    runs++;
    if (connection != null) {
      connection.close();
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
