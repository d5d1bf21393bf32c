package dev.weir.control;

import dev.weir.config.ObjectReader;
import dev.weir.config.Shape;
import io.vertx.core.json.JsonObject;

/**
 * Lets an endpoint run empty, or takes that back: {@code upstream}, {@code endpoint} as {@code
 * host:port}, {@code drain} (default true), and {@link Terms}. It gets no new clients; those that
 * have its affinity cookie keep it for {@code balancer.affinity.drainMillis}.
 */
final class EndpointDrain extends EndpointChange {

  EndpointDrain(Changes changes) {
    super(changes);
  }

  @Override
  public String op() {
    return "endpoint.drain";
  }

  @Override
  Edit edit(ObjectReader fields, JsonObject details) {
    boolean drain = fields.optional("drain", true, Shape.bool());
    details.put("drain", drain);
    return Edit.of(each -> each.withDrain(drain));
  }
}
