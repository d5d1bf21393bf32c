package dev.weir.control;

import dev.weir.config.ObjectReader;
import dev.weir.config.UpstreamConfig;
import io.vertx.core.json.JsonObject;

/**
 * Removes an endpoint, but not the last one unless services may announce themselves: {@code
 * upstream}, {@code endpoint} as {@code host:port}, and {@link Terms}. What is in flight there is
 * not touched.
 */
final class EndpointRemove extends EndpointChange {

  EndpointRemove(Changes changes) {
    super(changes);
  }

  @Override
  public String op() {
    return "endpoint.remove";
  }

  @Override
  Edit edit(ObjectReader fields, JsonObject details) {
    return (config, upstream, endpoint) ->
        Edits.upstream(config, upstream, each -> removed(each, endpoint));
  }

  private static UpstreamConfig removed(UpstreamConfig upstream, String endpoint) {
    Refusal.ifMissing(Edits.find(upstream, endpoint), "endpoint", endpoint);
    if (upstream.endpoints().size() == 1 && upstream.announce() == null) {
      throw new Refusal(Refusal.INVALID, "an upstream needs an endpoint", "/endpoint");
    }
    return Edits.without(upstream, endpoint);
  }
}
