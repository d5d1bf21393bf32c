package dev.weir.balancer;

import dev.weir.config.BalancerConfig;
import dev.weir.exchange.Exchange;
import dev.weir.node.Endpoint;
import dev.weir.node.Upstream;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.function.BiConsumer;

/** Asks a verticle on the bus, of any language and on any node, to pick. */
final class RemotePicks {

  private static final String NOBODY = "";

  private final Vertx vertx;
  private int asked;
  private Promise<Void> idle;

  RemotePicks(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * Asks for an exchange.
   *
   * @param then gets the exchange and the id of the endpoint; {@code null} when there was no answer
   *     in time, and an id that no endpoint has when it can't be understood
   */
  void ask(Exchange exchange, Upstream upstream, BiConsumer<Exchange, String> then) {
    BalancerConfig config = upstream.config().balancer();
    DeliveryOptions options = new DeliveryOptions().setSendTimeout(config.busTimeoutMillis());
    asked++;
    vertx
        .eventBus()
        .<Object>request(config.address(), question(exchange, upstream), options)
        .onComplete(
            answer -> {
              then.accept(exchange, endpoint(answer));
              answered();
            });
  }

  private static JsonObject question(Exchange exchange, Upstream upstream) {
    JsonArray endpoints = new JsonArray();
    for (Endpoint endpoint : upstream.endpoints()) {
      if (endpoint.usable() && !exchange.tried(endpoint)) {
        endpoints.add(
            new JsonObject()
                .put("endpoint", endpoint.id())
                .put("weight", endpoint.weight())
                .put("zone", endpoint.config().zone())
                .put("inFlight", endpoint.load().inFlight()));
      }
    }
    return new JsonObject()
        .put("upstream", upstream.name())
        .put("method", exchange.method().name())
        .put("target", exchange.target())
        .put("client", exchange.clientAddress())
        .put("endpoints", endpoints);
  }

  private static String endpoint(AsyncResult<Message<Object>> answer) {
    if (answer.failed()) {
      return null;
    }
    boolean known = answer.result().body() instanceof JsonObject;
    Object id = known ? ((JsonObject) answer.result().body()).getValue("endpoint") : null;
    return id instanceof String text ? text : NOBODY;
  }

  private void answered() {
    asked--;
    if (asked == 0 && idle != null) {
      idle.tryComplete();
    }
  }

  /** Completes when every question has been answered, or has been given up. */
  Future<Void> whenIdle() {
    idle = Promise.promise();
    if (asked == 0) {
      idle.complete();
    }
    return idle.future();
  }
}
