package dev.weir.control;

import dev.weir.config.ObjectReader;
import dev.weir.config.Problem;
import dev.weir.config.References;
import dev.weir.config.Shape;
import dev.weir.config.WeirConfig;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Removes an upstream that nothing leads to: {@code upstream}, and {@link Terms}. What is in flight
 * there is not touched.
 */
final class UpstreamRemove implements Command {

  private final Changes changes;

  UpstreamRemove(Changes changes) {
    this.changes = changes;
  }

  @Override
  public String op() {
    return "upstream.remove";
  }

  @Override
  public Action read(ObjectReader fields) {
    String upstream = fields.required("upstream", Shape.text());
    Terms terms = Terms.read(fields);
    JsonObject details = new JsonObject().put("op", op()).put("upstream", upstream);
    return caller -> changes.apply(caller, terms, details, config -> removed(config, upstream));
  }

  private static WeirConfig removed(WeirConfig config, String upstream) {
    Refusal.ifMissing(config.upstreams().get(upstream), "upstream", upstream);
    WeirConfig next = config.without(upstream);
    List<Problem> left = References.problems(next);
    if (!left.isEmpty()) {
      List<String> users = left.stream().map(Problem::pointer).toList();
      String message = "it is still used at " + String.join(", ", users);
      throw new Refusal(Refusal.IN_USE, message, "/upstream");
    }
    return next;
  }
}
