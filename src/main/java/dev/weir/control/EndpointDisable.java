package dev.weir.control;

import dev.weir.config.ObjectReader;
import io.vertx.core.json.JsonObject;

/**
 * Takes an endpoint out, whatever its health, weight and drain are, and leaves these as they are:
 * {@code upstream}, {@code endpoint} as {@code host:port}, and {@link Terms}. It gets no request
 * any longer, not even of clients that have its affinity cookie. Probes go on; what is in flight is
 * not touched.
 */
final class EndpointDisable extends EndpointChange {

  EndpointDisable(Changes changes) {
    super(changes);
  }

  @Override
  public String op() {
    return "endpoint.disable";
  }

  @Override
  Edit edit(ObjectReader fields, JsonObject details) {
    return Edit.of(each -> each.withEnabled(false));
  }
}
