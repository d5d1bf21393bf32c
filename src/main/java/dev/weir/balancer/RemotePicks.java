package dev.weir.balancer;

import dev.weir.config.BalancerConfig;
import dev.weir.exchange.Exchange;
import dev.weir.node.Endpoint;
import dev.weir.node.Events;
import dev.weir.node.Node;
import dev.weir.node.Upstream;
import io.vertx.circuitbreaker.CircuitBreaker;
import io.vertx.circuitbreaker.CircuitBreakerOptions;
import io.vertx.circuitbreaker.CircuitBreakerState;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Asks a verticle on the bus, of any language and on any node, to pick. One that fails to answer
 * {@value #MAX_FAILURES} times in a row is not asked for {@value #PAUSE_MILLIS} ms, and then once:
 * waiting for it would cost every request its time.
 */
final class RemotePicks {

  static final int MAX_FAILURES = 5;
  static final long PAUSE_MILLIS = 1000;

  private static final String NOBODY = "";
  private static final int NO_TIMEOUT = -1; // The question has one.

  private final Vertx vertx;
  private final Node node;
  private final int lane;
  private final Map<String, CircuitBreaker> breakers = new HashMap<>();
  private int asked;
  private Promise<Void> idle;

  /**
   * @param lane the number of the lane, which tells its breakers from those of others
   */
  RemotePicks(Vertx vertx, Node node, int lane) {
    this.vertx = vertx;
    this.node = node;
    this.lane = lane;
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
    breaker(config.address())
        .execute(
            () ->
                vertx
                    .eventBus()
                    .<Object>request(config.address(), question(exchange, upstream), options))
        .onComplete(
            answer -> {
              then.accept(exchange, endpoint(answer));
              answered();
            });
  }

  private CircuitBreaker breaker(String address) {
    return breakers.computeIfAbsent(
        address,
        missing -> {
          CircuitBreakerOptions options = new CircuitBreakerOptions().setMaxFailures(MAX_FAILURES);
          options.setTimeout(NO_TIMEOUT).setResetTimeout(PAUSE_MILLIS);
          options.setNotificationAddress(CircuitBreakerOptions.DEFAULT_NOTIFICATION_ADDRESS);
          String name = "weir/bus/" + missing + "@" + lane;
          CircuitBreaker breaker = CircuitBreaker.create(name, vertx, options);
          return breaker
              .openHandler(changed -> tell(missing, CircuitBreakerState.OPEN))
              .halfOpenHandler(changed -> tell(missing, CircuitBreakerState.HALF_OPEN))
              .closeHandler(changed -> tell(missing, CircuitBreakerState.CLOSED));
        });
  }

  private void tell(String address, CircuitBreakerState state) {
    JsonObject event =
        new JsonObject()
            .put("address", address)
            .put("lane", lane)
            .put("state", state.name())
            .put("cause", cause(state))
            .put("failures", breakers.get(address).failureCount());
    Events.publish(vertx, node, "breaker", event);
  }

  /** In the words of the breakers of upstreams. */
  private static String cause(CircuitBreakerState state) {
    return switch (state) {
      case OPEN -> "failures";
      case HALF_OPEN -> "waited";
      default -> "trials-succeeded";
    };
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

  /** Ends its breakers, which tell of themselves until then. */
  void close() {
    breakers.values().forEach(CircuitBreaker::close);
  }
}
