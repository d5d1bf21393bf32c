package dev.weir.control;

import dev.weir.config.ObjectReader;
import dev.weir.config.Shape;
import dev.weir.config.UpstreamConfig;

/**
 * Removes an endpoint, but not the last one unless services may announce themselves: {@code
 * upstream}, {@code endpoint} as {@code host:port}, and {@link Terms}. What is in flight there is
 * not touched.
 */
final class EndpointRemove implements Command {

  private final Changes changes;

  EndpointRemove(Changes changes) {
    this.changes = changes;
  }

  @Override
  public String op() {
    return "endpoint.remove";
  }

  @Override
  public Action read(ObjectReader fields) {
    String upstream = fields.required("upstream", Shape.text());
    String endpoint = fields.required("endpoint", Shape.text());
    Terms terms = Terms.read(fields);
    return caller ->
        changes.apply(
            caller,
            terms,
            Changes.details(op(), upstream, endpoint),
            config -> Edits.upstream(config, upstream, each -> removed(each, endpoint)));
  }

  private static UpstreamConfig removed(UpstreamConfig upstream, String endpoint) {
    Refusal.ifMissing(Edits.find(upstream, endpoint), "endpoint", endpoint);
    if (upstream.endpoints().size() == 1 && upstream.announce() == null) {
      throw new Refusal(Refusal.INVALID, "an upstream needs an endpoint", "/endpoint");
    }
    return Edits.without(upstream, endpoint);
  }
}
