package dev.weir.replica;

import dev.weir.bus.Addresses;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An event loop of Vert.x, and its bus where it is clustered. */
final class VertxSurroundings implements Surroundings {

  private final Set<Long> timers = ConcurrentHashMap.newKeySet();
  private final VertxInternal vertx;
  private final ContextInternal context;
  private final long lookMillis;
  private final boolean shares;
  private MessageConsumer<Object> heard;
  private long timer;

  /**
   * @param shares whether there may be other replicas
   * @param lookMillis how often to look for what was missed
   */
  VertxSurroundings(Vertx vertx, boolean shares, long lookMillis) {
    this.vertx = (VertxInternal) vertx;
    this.shares = shares;
    this.lookMillis = lookMillis;
    context = this.vertx.createEventLoopContext();
  }

  @Override
  public void run(Runnable task) {
    if (Vertx.currentContext() == context) {
      task.run();
    } else {
      context.runOnContext(turn -> task.run());
    }
  }

  @Override
  public void after(long millis, Runnable task) {
    timers.add(
        context.setTimer(
            millis,
            due -> {
              timers.remove(due);
              task.run();
            }));
  }

  @Override
  public Future<Void> open(Replica replica) {
    if (!shares) {
      return Future.succeededFuture();
    }
    heard = vertx.eventBus().consumer(Addresses.CONFIG, news -> replica.heard(news.body()));
    timer = context.setPeriodic(lookMillis, tick -> replica.look());
    return heard.completion();
  }

  @Override
  public Future<Void> close() {
    timers.forEach(vertx::cancelTimer);
    if (heard == null) {
      return Future.succeededFuture();
    }
    vertx.cancelTimer(timer);
    return heard.unregister();
  }

  @Override
  public void publish(JsonObject news) {
    if (shares) {
      vertx.eventBus().publish(Addresses.CONFIG, news);
    }
  }

  @Override
  public Instant now() {
    return Instant.now();
  }
}
