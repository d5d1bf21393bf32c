package dev.weir.control;

import dev.weir.config.EndpointConfig;
import dev.weir.config.ObjectReader;
import dev.weir.config.Shape;
import dev.weir.config.WeirConfig;
import io.vertx.core.json.JsonObject;
import java.util.function.UnaryOperator;

/**
 * A command that changes one endpoint of the configuration: {@code upstream}, {@code endpoint} as
 * {@code host:port}, {@link Terms}, and what the command has of its own.
 */
abstract class EndpointChange implements Command {

  private final Changes changes;

  EndpointChange(Changes changes) {
    this.changes = changes;
  }

  /** Makes the change, or throws a {@link Refusal}. */
  @FunctionalInterface
  interface Edit {
    WeirConfig make(WeirConfig config, String upstream, String endpoint);

    /** One that leaves all but the endpoint as it is. */
    static Edit of(UnaryOperator<EndpointConfig> change) {
      return (config, upstream, endpoint) -> Edits.endpoint(config, upstream, endpoint, change);
    }
  }

  /**
   * Reads what the command has of its own.
   *
   * @param details what an event says of the change, to add to
   */
  abstract Edit edit(ObjectReader fields, JsonObject details);

  @Override
  public final Action read(ObjectReader fields) {
    String upstream = fields.required("upstream", Shape.text());
    String endpoint = fields.required("endpoint", Shape.text());
    JsonObject details = Changes.details(op(), upstream, endpoint);
    Edit edit = edit(fields, details);
    Terms terms = Terms.read(fields);
    return caller ->
        changes.apply(caller, terms, details, config -> edit.make(config, upstream, endpoint));
  }
}
