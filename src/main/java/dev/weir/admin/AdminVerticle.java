package dev.weir.admin;

import dev.weir.config.AdminConfig;
import dev.weir.node.Node;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.TimeUnit;

/**
 * Shows the node to operators, on a listener of its own. Deploy one a node. Deployed alone it needs
 * the gateway's configuration as its own. With {@code admin.enabled} false it does nothing.
 *
 * <p>It goes on while the gateway drains, and ends after the last client.
 *
 * <table>
 *   <caption>What it answers, to GET and HEAD but for the last one</caption>
 *   <tr><td>{@code /live}</td><td>200 as long as the event loop runs</td></tr>
 *   <tr><td>{@code /ready}</td><td>200, or 503 with the reason while the node starts or drains</td></tr>
 *   <tr><td>{@code /health}</td>
 *     <td>200, or 503 when an upstream has no endpoint that may be used</td></tr>
 *   <tr><td>{@code /metrics}</td><td>the numbers, as Prometheus reads them</td></tr>
 *   <tr><td>{@code /upstreams}</td><td>every endpoint with its state</td></tr>
 *   <tr><td>{@code /transfers}</td><td>the large transfers that are under way</td></tr>
 *   <tr><td>{@code POST /control}</td><td>the answer to a command from this machine</td></tr>
 * </table>
 */
public final class AdminVerticle extends VerticleBase {

  /** More connections than that are closed at once. */
  static final int MAX_CONNECTIONS = 128;

  /** How long a connection may be silent. */
  static final int IDLE_TIMEOUT_MILLIS = 30_000;

  private static final int MAX_INITIAL_LINE_BYTES = 2048;
  private static final int MAX_HEADER_BYTES = 8192;

  private Node node;
  private Exposition exposition;
  private HttpServer server;
  private int connections;

  @Override
  public Future<?> start() {
    node = Node.acquire(vertx, config());
    AdminConfig admin = node.snapshot().config().admin();
    if (!admin.enabled()) {
      return Future.succeededFuture();
    }
    exposition = new Exposition(vertx, node);
    Pages pages = new Pages(vertx, node, exposition);
    server =
        vertx
            .createHttpServer(options())
            .connectionHandler(this::accept)
            .requestHandler(pages.router());
    return listen(admin).onFailure(failure -> release());
  }

  private static HttpServerOptions options() {
    HttpServerOptions options = new HttpServerOptions();
    options.setMaxInitialLineLength(MAX_INITIAL_LINE_BYTES).setMaxHeaderSize(MAX_HEADER_BYTES);
    options.setHttp2ClearTextEnabled(false).setHandle100ContinueAutomatically(false);
    options.setIdleTimeout(IDLE_TIMEOUT_MILLIS).setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    return options;
  }

  private void accept(HttpConnection connection) {
    connections++;
    connection.closeHandler(closed -> connections--);
    if (connections > MAX_CONNECTIONS) {
      connection.close();
    }
  }

  private Future<HttpServer> listen(AdminConfig admin) {
    return server
        .listen(admin.port(), admin.host())
        .onSuccess(bound -> node.ports().admin(bound.actualPort()))
        .recover(failure -> Future.failedFuture(explain(admin, failure)));
  }

  private static VertxException explain(AdminConfig admin, Throwable failure) {
    String where = admin.host() + ":" + admin.port();
    String why = failure.getMessage();
    return new VertxException("Cannot listen on " + where + " for the admin side: " + why, true);
  }

  @Override
  public Future<?> stop() {
    Future<Void> turn = node.managed() ? node.clientsGone() : Future.succeededFuture();
    return turn.compose(gone -> server == null ? Future.succeededFuture() : server.close())
        .eventually(this::release);
  }

  private Future<Void> release() {
    node.ports().admin(0);
    Future<?> shown = exposition == null ? Future.succeededFuture() : exposition.close();
    return shown.eventually(node::release).mapEmpty();
  }
}
