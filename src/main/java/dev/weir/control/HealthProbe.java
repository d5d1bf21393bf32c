package dev.weir.control;

import dev.weir.bus.Addresses;
import dev.weir.config.ObjectReader;
import dev.weir.config.Shape;
import dev.weir.node.Endpoint;
import dev.weir.node.Node;
import dev.weir.node.Upstream;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;

/**
 * Probes an endpoint from this node at once, as {@code health.active} of its upstream says, and
 * answers what it found: {@code upstream}, {@code endpoint} as {@code host:port}. Where this node
 * probes the endpoint anyway, the result counts as any other; elsewhere it changes nothing.
 */
final class HealthProbe implements Command {

  /** How much longer than a probe the answer may take. */
  private static final long PATIENCE_MILLIS = 5000;

  private final Vertx vertx;
  private final Node node;

  HealthProbe(Vertx vertx, Node node) {
    this.vertx = vertx;
    this.node = node;
  }

  @Override
  public String op() {
    return "health.probe";
  }

  @Override
  public Action read(ObjectReader fields) {
    String upstream = fields.required("upstream", Shape.text());
    String endpoint = fields.required("endpoint", Shape.text());
    return caller -> probe(upstream, endpoint);
  }

  private Future<JsonObject> probe(String name, String id) {
    Upstream upstream = Refusal.ifMissing(node.snapshot().upstreams().get(name), "upstream", name);
    Endpoint endpoint = Refusal.ifMissing(upstream.endpoint(id), "endpoint", id);
    long timeout = upstream.config().health().active().timeoutMillis() + PATIENCE_MILLIS;
    DeliveryOptions options = new DeliveryOptions().setLocalOnly(true).setSendTimeout(timeout);
    JsonObject question = new JsonObject().put("upstream", name).put("endpoint", id);
    return vertx
        .eventBus()
        .<JsonObject>request(Addresses.PROBE, question, options)
        .recover(failure -> Future.failedFuture(unavailable(failure)))
        .map(
            answer ->
                new JsonObject()
                    .put("version", node.snapshot().version())
                    .put("node", node.id())
                    .mergeIn(answer.body())
                    .put("healthy", endpoint.healthy()));
  }

  private static Refusal unavailable(Throwable failure) {
    String message = "it can't be probed here: " + failure.getMessage();
    return new Refusal(Refusal.UNAVAILABLE, message, "");
  }
}
