package dev.weir.control;

import dev.weir.config.ObjectReader;
import dev.weir.config.Shape;
import dev.weir.node.Node;
import dev.weir.protection.BreakerView;
import dev.weir.protection.Guard;
import dev.weir.protection.Protection;
import dev.weir.resilience.State;
import io.vertx.core.json.JsonObject;
import java.util.Objects;

/**
 * Brings a circuit breaker into a state: {@code upstream}, {@code endpoint} as {@code host:port}
 * (default: the breaker of the upstream itself). It holds on this node, until another such command
 * or until the breaker's configuration changes. Takes {@link Terms}; what is taken back leaves the
 * breaker as an operator had set it before, or closed.
 */
abstract class BreakerForce implements Command {

  private final State state;
  private final Node node;
  private final Protection protection;
  private final LocalChanges local;

  /**
   * @param state what it brings the breaker into
   */
  BreakerForce(State state, Node node, Protection protection, LocalChanges local) {
    this.state = state;
    this.node = node;
    this.protection = protection;
    this.local = local;
  }

  @Override
  public final Action read(ObjectReader fields) {
    String upstream = fields.required("upstream", Shape.text());
    String endpoint = fields.optional("endpoint", null, Shape.text());
    Terms terms = Terms.read(fields);
    return Action.by(caller -> force(caller, terms, upstream, endpoint));
  }

  private JsonObject force(Caller caller, Terms terms, String upstream, String endpoint) {
    Refusal.ifMissing(node.snapshot().upstreams().get(upstream), "upstream", upstream);
    BreakerView view = find(upstream, endpoint);
    JsonObject details = new JsonObject().put("op", op()).put("upstream", upstream);
    if (endpoint != null) {
      details.put("endpoint", endpoint);
    }
    String target = "breaker " + upstream + " " + endpoint;
    return local
        .apply(caller, terms, target, "operator", details, new Forcing(view.breaker(), state))
        .mergeIn(view.toJson(System.nanoTime()));
  }

  private BreakerView find(String upstream, String endpoint) {
    Guard guard = protection.guard(upstream);
    BreakerView found =
        guard == null
            ? null
            : guard.breakers().stream()
                .filter(view -> Objects.equals(view.endpoint(), endpoint))
                .findAny()
                .orElse(null);
    if (found == null) {
      String field = endpoint == null ? "upstream" : "endpoint";
      String name = endpoint == null ? upstream : endpoint;
      String message = "there is no circuit breaker before \"" + name + "\"";
      throw new Refusal(Refusal.NOT_FOUND, message, "/" + field);
    }
    return found;
  }
}
