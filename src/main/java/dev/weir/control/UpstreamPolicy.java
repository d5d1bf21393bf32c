package dev.weir.control;

import dev.weir.config.BalancerConfig;
import dev.weir.config.ObjectReader;
import dev.weir.config.Shape;
import dev.weir.config.Shapes;
import io.vertx.core.json.JsonObject;

/**
 * Balances an upstream in another way: {@code upstream}, {@code policy}, {@code balancer} (any of
 * the keys that it has in the configuration; those that are absent stay as they are), and {@link
 * Terms}. What is in flight is not touched.
 */
final class UpstreamPolicy implements Command {

  private static final JsonObject NOTHING = new JsonObject();

  private final Changes changes;

  UpstreamPolicy(Changes changes) {
    this.changes = changes;
  }

  @Override
  public String op() {
    return "upstream.policy";
  }

  @Override
  public Action read(ObjectReader fields) {
    String upstream = fields.required("upstream", Shape.text());
    String policy = fields.optional("policy", null, BalancerConfig.POLICY);
    JsonObject balancer = fields.optional("balancer", NOTHING, Shapes.document());
    Terms terms = Terms.read(fields);
    if (policy == null && balancer != null && balancer.isEmpty()) {
      fields.problem("policy", "a policy, or a balancer with what is to change");
    }
    return caller -> {
      JsonObject change = balancer.copy();
      if (policy != null) {
        change.put("policy", policy);
      }
      // Not what the change holds: a secret may be among it.
      JsonObject details = new JsonObject().put("op", op()).put("upstream", upstream);
      return changes.apply(
          caller,
          terms,
          details,
          config ->
              Edits.upstream(config, upstream, each -> each.with(each.balancer().with(change))));
    };
  }
}
