package dev.weir.control;

import dev.weir.config.ObjectReader;
import dev.weir.config.Shape;
import io.vertx.core.json.JsonObject;

/**
 * Lets an endpoint run empty, or takes that back: {@code upstream}, {@code endpoint} as {@code
 * host:port}, {@code drain} (default true), and {@link Terms}. It gets no new clients; those that
 * have its affinity cookie keep it for {@code balancer.affinity.drainMillis}.
 */
final class EndpointDrain implements Command {

  private final Changes changes;

  EndpointDrain(Changes changes) {
    this.changes = changes;
  }

  @Override
  public String op() {
    return "endpoint.drain";
  }

  @Override
  public Action read(ObjectReader fields) {
    String upstream = fields.required("upstream", Shape.text());
    String endpoint = fields.required("endpoint", Shape.text());
    boolean drain = fields.optional("drain", true, Shape.bool());
    Terms terms = Terms.read(fields);
    JsonObject details = Changes.details(op(), upstream, endpoint).put("drain", drain);
    return caller ->
        changes.apply(
            caller,
            terms,
            details,
            config -> Edits.endpoint(config, upstream, endpoint, each -> each.withDrain(drain)));
  }
}
