package dev.weir.control;

import dev.weir.config.ObjectReader;
import dev.weir.config.Shape;

/**
 * Lets an endpoint that {@code endpoint.disable} has taken out get traffic again: {@code upstream},
 * {@code endpoint} as {@code host:port}, and {@link Terms}. With slow start it gets its share bit
 * by bit.
 */
final class EndpointEnable implements Command {

  private final Changes changes;

  EndpointEnable(Changes changes) {
    this.changes = changes;
  }

  @Override
  public String op() {
    return "endpoint.enable";
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
            config -> Edits.endpoint(config, upstream, endpoint, each -> each.withEnabled(true)));
  }
}
