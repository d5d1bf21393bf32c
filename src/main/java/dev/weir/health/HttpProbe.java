package dev.weir.health;

import dev.weir.config.ActiveHealthConfig;
import dev.weir.config.EndpointConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.PoolOptions;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.ext.web.codec.BodyCodec;
import java.io.IOException;
import java.util.List;

/**
 * Sends a GET request: the endpoint works when a whole response comes, with a status that is
 * expected. Redirects are not followed and the body is thrown away as it arrives.
 *
 * <p>Each probe has one connection of its own, which it keeps between runs.
 */
final class HttpProbe implements Probe {

  private static final String USER_AGENT = "weir-health";

  private final List<Integer> expectedStatuses;
  private final HttpClient client;
  private final HttpRequest<Void> request;
  private HttpConnection connection;
  private int runs;

  HttpProbe(Vertx vertx, EndpointConfig endpoint, ActiveHealthConfig config) {
    expectedStatuses = config.expectedStatuses();
    int timeoutMillis = (int) config.timeoutMillis();
    client =
        vertx
            .httpClientBuilder()
            .with(new HttpClientOptions().setConnectTimeout(timeoutMillis))
            .with(new PoolOptions().setHttp1MaxSize(1).setCleanerPeriod(0)) // Each takes a timer.
            .withConnectHandler(this::connected)
            .build();
    WebClientOptions options =
        new WebClientOptions().setUserAgent(USER_AGENT).setFollowRedirects(false);
    request =
        WebClient.wrap(client, options)
            .get(endpoint.port(), endpoint.host(), config.path())
            .timeout(timeoutMillis)
            .as(BodyCodec.none());
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
  public Future<Void> run() {
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

  private Future<Void> judge(HttpResponse<Void> response) {
    int status = response.statusCode();
    if (expectedStatuses.isEmpty()) {
      return status >= 200 && status < 400 ? Future.succeededFuture() : unexpected(status);
    }
    return expectedStatuses.contains(status) ? Future.succeededFuture() : unexpected(status);
  }

  private Future<Void> unexpected(int status) {
    String expected = expectedStatuses.isEmpty() ? "200 to 399" : expectedStatuses.toString();
    String message = "status " + status + " (expected: " + expected + ")";
    return Future.failedFuture(new VertxException(message, true));
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
