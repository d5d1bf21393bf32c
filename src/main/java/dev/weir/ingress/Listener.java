package dev.weir.ingress;

import dev.weir.bus.Role;
import dev.weir.config.ListenerConfig;
import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.concurrent.TimeUnit;

/** One address that clients connect to. */
final class Listener {

  /** The largest piece in which a body is read; more of it waits in the socket. */
  private static final int MAX_CHUNK_BYTES = 65_536;

  private final IngressLane lane;
  private final ListenerConfig config;
  private final int index;
  private final HttpServerOptions options;
  private final HttpServer server;
  private Channel acceptor;

  Listener(Vertx vertx, IngressLane lane, ListenerConfig config, int index) {
    this.lane = lane;
    this.config = config;
    this.index = index;
    this.options = options(config);
    this.server =
        vertx
            .createHttpServer(options)
            .connectionHandler(this::accept)
            .requestHandler(request -> {});
  }

  private static HttpServerOptions options(ListenerConfig config) {
    HttpServerOptions options = new HttpServerOptions();
    options.setAcceptBacklog(config.backlog());
    options.setMaxInitialLineLength(config.maxInitialLineBytes());
    options.setMaxHeaderSize(config.maxHeaderBytes()).setMaxChunkSize(MAX_CHUNK_BYTES);
    options.setHttp2ClearTextEnabled(false).setHandle100ContinueAutomatically(false);
    options.setPerFrameWebSocketCompressionSupported(false);
    options.setPerMessageWebSocketCompressionSupported(false);
    return options;
  }

  /** Binds, or joins the other instances that listen on this address. */
  Future<Void> listen() {
    // A negative port stands for one free port that all instances share.
    int port = config.port() == 0 ? -1 - index : config.port();
    return server
        .listen(port, config.host())
        .onSuccess(bound -> lane.node().ports().listener(index, bound.actualPort()))
        .recover(failure -> Future.failedFuture(explain(failure)))
        .mapEmpty();
  }

  private VertxException explain(Throwable failure) {
    String where = config.host() + ":" + config.port();
    return new VertxException("Cannot listen on " + where + ": " + failure.getMessage(), true);
  }

  private void accept(HttpConnection connection) {
    HttpServerConnection http = (HttpServerConnection) connection;
    acceptor = http.channelHandlerContext().channel().parent();
    new ClientConnection(lane, config, http, new RequestDecoder(options)).open();
  }

  /** Stops accepting; completes when every connection is closed, by force after the deadline. */
  Future<Void> drain() {
    long deadline = lane.node().snapshot().config().drain().deadlineMillis();
    return stopAccepting()
        .compose(stopped -> server.shutdown(Math.max(1, deadline), TimeUnit.MILLISECONDS));
  }

  /**
   * Closes the listening socket, unless other instances go on with it. The server does so too, but
   * only after it has taken the event loops away from it: a connection that is accepted in between
   * fails with an error in the log. One that is on its way to this event loop while others go on is
   * closed by the server.
   */
  private Future<Void> stopAccepting() {
    Promise<Void> promise = lane.promise();
    boolean shared = !lane.node().stopping() && lane.node().lanes().count(Role.INGRESS) > 1;
    if (acceptor == null || shared) {
      promise.complete(); // Nobody has ever connected, or others accept.
    } else {
      acceptor.close().addListener(closed -> promise.complete());
    }
    return promise.future();
  }
}
