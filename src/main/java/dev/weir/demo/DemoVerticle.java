package dev.weir.demo;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * Four small services for the demo. Each says who it is and what it was asked; the third is slow,
 * the fourth fails on every tenth request.
 *
 * <p>Configuration: {@code "ports"}, an array of port numbers, by default 9001 to 9004.
 */
public final class DemoVerticle extends VerticleBase {

  private static final JsonArray DEFAULT_PORTS = JsonArray.of(9001, 9002, 9003, 9004);
  private static final int SLOW = 3;
  private static final long SLOW_MILLIS = 300;
  private static final int FAILING = 4;
  private static final int FAILS_EVERY = 10;

  private final List<HttpServer> servers = new ArrayList<>();
  private int failing;

  @Override
  public Future<?> start() {
    JsonArray ports = config().getJsonArray("ports", DEFAULT_PORTS);
    List<Future<HttpServer>> started = new ArrayList<>();
    for (int i = 0; i < ports.size(); i++) {
      started.add(start(i + 1, ports.getInteger(i)));
    }
    return Future.all(started);
  }

  private Future<HttpServer> start(int number, int port) {
    HttpServer server = vertx.createHttpServer().requestHandler(request -> handle(number, request));
    servers.add(server);
    return server
        .listen(port, "127.0.0.1")
        .recover(failure -> Future.failedFuture(explain(port, failure)));
  }

  private static VertxException explain(int port, Throwable failure) {
    return new VertxException(
        "Cannot listen on 127.0.0.1:" + port + " for the demo: " + failure.getMessage(), true);
  }

  /** The ports that the services are bound to. */
  List<Integer> ports() {
    return servers.stream().map(HttpServer::actualPort).toList();
  }

  private void handle(int number, HttpServerRequest request) {
    if (request.path().equals("/health")) {
      request.response().end();
    } else if (number == SLOW) {
      vertx.setTimer(SLOW_MILLIS, timer -> answer(number, 200, request));
    } else if (number == FAILING && ++failing % FAILS_EVERY == 0) {
      answer(number, 500, request);
    } else {
      answer(number, 200, request);
    }
  }

  private static void answer(int number, int status, HttpServerRequest request) {
    JsonObject body =
        new JsonObject()
            .put("service", "service " + number)
            .put("method", request.method().name())
            .put("path", request.path())
            .put("requestId", request.getHeader("x-request-id"))
            .put("forwardedFor", request.getHeader("x-forwarded-for"));
    request
        .response()
        .setStatusCode(status)
        .putHeader("content-type", "application/json")
        .end(body.encode() + "\n");
  }
}
