package dev.weir.it;

import dev.weir.WeirAnnouncer;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/**
 * A service that answers each request with its target, after a while, and announces itself for the
 * upstream {@code main}; undeploying it lets it run empty first.
 */
final class AnnouncedService extends VerticleBase {
  private static final long WORK_MILLIS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private HttpServer server;
  private WeirAnnouncer announcer;

  @Override
  public Future<?> start() {
    server = vertx.createHttpServer().requestHandler(this::serve);
    return server
        .listen(0, "127.0.0.1")
        .compose(
            listening -> {
              announcer = new WeirAnnouncer(vertx, "main", "127.0.0.1", listening.actualPort());
              return announcer.start();
            });
  }

  private void serve(HttpServerRequest request) {
    vertx.setTimer(WORK_MILLIS, done -> request.response().end(request.uri()));
  }

  @Override
  public Future<?> stop() {
    return announcer.stop(PATIENCE).compose(stopped -> server.close());
  }
}
