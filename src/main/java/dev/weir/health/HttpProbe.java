package dev.weir.health;

import dev.weir.config.ActiveHealthConfig;
import dev.weir.config.EndpointConfig;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import java.util.Map;

/**
 * Sends a request: the endpoint works when a whole response comes, with a status that is expected,
 * and a body that holds what it must.
 */
final class HttpProbe implements Probe {

  static final String USER_AGENT = "weir-health";

  /** An endpoint that sends it, whatever its value, calls itself degraded; so it does to Envoy. */
  private static final String DEGRADED = "x-envoy-degraded";

  private static final String HOST = "host";

  private final List<Integer> expectedStatuses;
  private final List<Integer> degradedStatuses;
  private final String bodyContains;
  private final ProbeConnection connection;

  /**
   * @param client makes the connections of all such probes
   * @param name where the endpoint is
   */
  HttpProbe(
      HttpClientAgent client, EndpointConfig endpoint, ActiveHealthConfig config, NameWatch name) {
    expectedStatuses = config.expectedStatuses();
    degradedStatuses = config.degradedStatuses();
    bodyContains = config.bodyContains();
    RequestOptions wanted = new RequestOptions().setMethod(HttpMethod.valueOf(config.method()));
    wanted.setURI(config.path()).addHeader(HttpHeaders.USER_AGENT, USER_AGENT);
    HostAndPort authority = null;
    for (Map.Entry<String, String> header : config.headers().entrySet()) {
      if (header.getKey().equalsIgnoreCase(HOST)) {
        int port = ProbeConnection.port(endpoint, config);
        authority = HostAndPort.parseAuthority(header.getValue(), port);
      } else {
        wanted.putHeader(header.getKey(), header.getValue());
      }
    }
    connection = new ProbeConnection(client, endpoint, config, wanted, authority, name);
  }

  /** Those of the client that makes the connections of all such probes. */
  static HttpClientOptions options() {
    return new HttpClientOptions().setForceSni(true);
  }

  @Override
  public Future<Boolean> run() {
    return connection.ask(null).compose(this::judge);
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

  @Override
  public void cancel() {
    connection.cancel();
  }

  @Override
  public void close() {
    connection.cancel();
  }
}
