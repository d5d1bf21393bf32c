package dev.weir.health;

import dev.weir.config.ActiveHealthConfig;
import dev.weir.config.EndpointConfig;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.ext.web.client.impl.HttpContext;
import io.vertx.ext.web.client.impl.WebClientInternal;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Sends a request: the endpoint works when a whole response comes, with a status that is expected,
 * and a body that holds what it must. Redirects are not followed; of the body no more is kept than
 * is looked at.
 *
 * <p>Each probe has one connection of its own, which it keeps between runs: what the web client
 * sends goes there, past the pool of its client. Its prober looks at the time; another timer for
 * each request would cost as much as a part of it.
 */
final class HttpProbe implements Probe {

  static final String USER_AGENT = "weir-health";

  /** An endpoint that sends it, whatever its value, calls itself degraded; so it does to Envoy. */
  private static final String DEGRADED = "x-envoy-degraded";

  private static final String HOST = "host";

  private final List<Integer> expectedStatuses;
  private final List<Integer> degradedStatuses;
  private final String bodyContains;
  private final HttpClientAgent client;
  private final HttpConnectOptions target;
  private final RequestOptions wanted;
  private final HostAndPort authority; // null where it is that of the endpoint
  private final HttpRequest<Buffer> request;
  private HttpClientConnection connection;
  private int runs;

  /**
   * @param client makes the connections of all probes
   */
  HttpProbe(HttpClientAgent client, EndpointConfig endpoint, ActiveHealthConfig config) {
    this.client = client;
    expectedStatuses = config.expectedStatuses();
    degradedStatuses = config.degradedStatuses();
    bodyContains = config.bodyContains();
    int port = config.port() == 0 ? endpoint.port() : config.port();
    target = target(endpoint, port, config);
    wanted = new RequestOptions().setMethod(HttpMethod.valueOf(config.method()));
    wanted.setURI(config.path()).addHeader(HttpHeaders.USER_AGENT, USER_AGENT);
    config.headers().forEach(this::header);
    authority = authority(config, port);
    WebClient web = WebClient.wrap(client, new WebClientOptions().setFollowRedirects(false));
    ((WebClientInternal) web).addInterceptor(this::intercept);
    request = web.request(wanted.getMethod(), wanted).as(BodyPrefix::new);
  }

  /** Those of the client that makes the connections of all probes. */
  static HttpClientOptions options() {
    return new HttpClientOptions().setForceSni(true);
  }

  private static HttpConnectOptions target(
      EndpointConfig endpoint, int port, ActiveHealthConfig config) {
    HttpConnectOptions target = new HttpConnectOptions();
    target.setServer(SocketAddress.inetSocketAddress(port, endpoint.host()));
    target.setHost(endpoint.host()).setPort(port).setConnectTimeout(config.timeoutMillis());
    ProbeTls tls = ProbeTls.of(config.tls(), endpoint);
    if (tls != null) {
      target.setSsl(true).setSslOptions(tls.options()).setHost(tls.serverName(endpoint));
    }
    return target;
  }

  static void secure(HttpClientOptions options, ProbeTls tls) {
    options.setSsl(true).setForceSni(true).setTrustAll(tls.insecure());
    options.setVerifyHost(!tls.insecure());
    options.setTrustOptions(tls.trust()).setKeyCertOptions(tls.certificate());
  }

  private void header(String name, String value) {
    if (!name.equalsIgnoreCase(HOST)) {
      wanted.putHeader(name, value);
    }
  }

  private static HostAndPort authority(ActiveHealthConfig config, int port) {
    for (Map.Entry<String, String> header : config.headers().entrySet()) {
      if (header.getKey().equalsIgnoreCase(HOST)) {
        return HostAndPort.parseAuthority(header.getValue(), port);
      }
    }
    return null;
  }

  /** What is asked for never changes, and neither does the way there. */
  private void intercept(HttpContext<?> context) {
    switch (context.phase()) {
      case PREPARE_REQUEST -> context.createRequest(wanted);
      case CREATE_REQUEST -> stream().onComplete(context::sendRequest, context::fail);
      default -> context.next();
    }
  }

  private Future<HttpClientRequest> stream() {
    int run = runs;
    HttpClientConnection kept = connection;
    Future<HttpClientRequest> stream =
        kept != null
            ? kept.request(wanted)
            : client.connect(target).compose(opened -> connected(opened, run));
    return authority == null ? stream : stream.map(asking -> asking.authority(authority));
  }

  private Future<HttpClientRequest> connected(HttpClientConnection opened, int run) {
    if (run != runs) {
      opened.close(); // Its run was given up in the meantime.
      return Future.failedFuture("too late");
    }
    connection = opened;
    opened.exceptionHandler(failure -> {}); // The result of the probe says it all.
    opened.closeHandler(
        closed -> {
          if (connection == opened) {
            connection = null;
          }
        });
    return opened.request(wanted);
  }

  @Override
  public Future<Boolean> run() {
    int run = ++runs;
    boolean reused = connection != null;
    return request
        .send()
        .transform(
            (response, failure) -> {
              if (failure == null) {
                return judge(response);
              }
              return reused && run == runs && isBroken(failure)
                  ? again()
                  : Future.failedFuture(failure);
            });
  }

  /**
   * An endpoint may close a connection that was idle for long at the very moment of the next probe.
   * That says nothing about its health, so a new connection is tried.
   */
  private Future<Boolean> again() {
    drop();
    return request.send().compose(this::judge);
  }

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
    drop();
  }

  /** Leaves the connection at once: that it is closed may be known only later. */
  private void drop() {
    HttpClientConnection left = connection;
    connection = null;
    if (left != null) {
      left.close();
    }
  }

  @Override
  public void close() {
    cancel();
  }
}
