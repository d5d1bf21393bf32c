package dev.weir.health;

import dev.weir.config.ActiveHealthConfig;
import dev.weir.config.EndpointConfig;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpConnectOptions;
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

/**
 * The connection of one probe, which it keeps between runs: what the web client sends goes there,
 * past the pool of its client. Redirects are not followed; of a body no more is kept than is looked
 * at. The prober looks at the time; another timer for each request would cost as much as a part of
 * it.
 */
final class ProbeConnection {

  private final HttpClientAgent client;
  private final HttpConnectOptions target;
  private final RequestOptions wanted;
  private final HostAndPort authority;
  private final NameWatch name;
  private final HttpRequest<Buffer> request;
  private HttpClientConnection connection;
  private int runs;

  /**
   * @param client makes the connections of all probes
   * @param wanted what each run asks for
   * @param authority whom it asks; {@code null} for the endpoint
   * @param name where the endpoint is; a connection that leads elsewhere is not kept
   */
  ProbeConnection(
      HttpClientAgent client,
      EndpointConfig endpoint,
      ActiveHealthConfig config,
      RequestOptions wanted,
      HostAndPort authority,
      NameWatch name) {
    this.client = client;
    this.target = target(endpoint, config);
    this.wanted = wanted;
    this.authority = authority;
    this.name = name;
    WebClient web = WebClient.wrap(client, new WebClientOptions().setFollowRedirects(false));
    ((WebClientInternal) web).addInterceptor(this::intercept);
    request = web.request(wanted.getMethod(), wanted).as(BodyPrefix::new);
  }

  private static HttpConnectOptions target(EndpointConfig endpoint, ActiveHealthConfig config) {
    int port = port(endpoint, config);
    HttpConnectOptions target = new HttpConnectOptions();
    target.setServer(SocketAddress.inetSocketAddress(port, endpoint.host()));
    target.setHost(endpoint.host()).setPort(port).setConnectTimeout(config.timeoutMillis());
    ProbeTls tls = ProbeTls.of(config.tls(), endpoint);
    if (tls != null) {
      target.setSsl(true).setSslOptions(tls.options(config.timeoutMillis()));
      target.setHost(tls.serverName(endpoint));
    }
    return target;
  }

  /** Where probes of an endpoint go. */
  static int port(EndpointConfig endpoint, ActiveHealthConfig config) {
    return config.port() == 0 ? endpoint.port() : config.port();
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

  /**
   * Asks once, and for a second time where the endpoint has closed a connection that was idle for
   * long at the very moment of this run: that says nothing about its health.
   *
   * @param body what the request carries; {@code null} for nothing
   */
  Future<HttpResponse<Buffer>> ask(Buffer body) {
    int run = ++runs;
    if (connection != null && !name.leadsTo(connection.remoteAddress())) {
      drop();
    }
    boolean reused = connection != null;
    return send(body)
        .recover(
            failure -> {
              if (!reused || run != runs || !isBroken(failure)) {
                return Future.failedFuture(failure);
              }
              drop();
              return send(body);
            });
  }

  private Future<HttpResponse<Buffer>> send(Buffer body) {
    return body == null ? request.send() : request.sendBuffer(body);
  }

  private static boolean isBroken(Throwable failure) {
    return failure instanceof HttpClosedException || failure instanceof IOException;
  }

  /** Gives the run up, and closes the connection, which still waits for the rest of a response. */
  void cancel() {
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
}
