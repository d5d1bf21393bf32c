package dev.weir.control;

import dev.weir.config.ObjectReader;
import dev.weir.config.Shape;

/**
 * Takes an endpoint out, whatever its health, weight and drain are, and leaves these as they are:
 * {@code upstream}, {@code endpoint} as {@code host:port}, and {@link Terms}. It gets no request
 * any longer, not even of clients that have its affinity cookie. Probes go on; what is in flight is
 * not touched.
 */
final class EndpointDisable implements Command {

  private final Changes changes;

  EndpointDisable(Changes changes) {
    this.changes = changes;
  }

  @Override
  public String op() {
    return "endpoint.disable";
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
            config -> Edits.endpoint(config, upstream, endpoint, each -> each.withEnabled(false)));
  }
}
