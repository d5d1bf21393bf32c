package dev.weir.control;

import dev.weir.config.ObjectReader;
import io.vertx.core.json.JsonObject;

/**
 * Lets an endpoint that {@code endpoint.disable} has taken out get traffic again: {@code upstream},
 * {@code endpoint} as {@code host:port}, and {@link Terms}. With slow start it gets its share bit
 * by bit.
 */
final class EndpointEnable extends EndpointChange {

  EndpointEnable(Changes changes) {
    super(changes);
  }

  @Override
  public String op() {
    return "endpoint.enable";
  }

  @Override
  Edit edit(ObjectReader fields, JsonObject details) {
    return Edit.of(each -> each.withEnabled(true));
  }
}
