package dev.weir.control;

import dev.weir.config.BalancerConfig;
import dev.weir.config.ObjectReader;
import dev.weir.config.Shape;
import io.vertx.core.json.JsonObject;

/**
 * Runs a shadow policy beside that of an upstream, or stops it: {@code upstream}, {@code policy}
 * (default none), and {@link Terms}. The numbers start anew.
 */
final class UpstreamShadow implements Command {

  private static final Shape<String> POLICY = Shape.word(BalancerConfig.POLICIES);

  private final Changes changes;

  UpstreamShadow(Changes changes) {
    this.changes = changes;
  }

  @Override
  public String op() {
    return "upstream.shadow";
  }

  @Override
  public Action read(ObjectReader fields) {
    String upstream = fields.required("upstream", Shape.text());
    String policy = fields.optional("policy", null, POLICY);
    Terms terms = Terms.read(fields);
    JsonObject details =
        new JsonObject().put("op", op()).put("upstream", upstream).put("policy", policy);
    JsonObject change = new JsonObject().put("shadow", new JsonObject().put("policy", policy));
    return caller ->
        changes.apply(
            caller,
            terms,
            details,
            config ->
                Edits.upstream(config, upstream, each -> each.with(each.balancer().with(change))));
  }
}
