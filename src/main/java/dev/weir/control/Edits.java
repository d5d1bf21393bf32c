package dev.weir.control;

import dev.weir.config.EndpointConfig;
import dev.weir.config.UpstreamConfig;
import dev.weir.config.WeirConfig;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** How commands change parts of a configuration, or refuse what is not there. */
final class Edits {

  private Edits() {}

  /** The configuration with one upstream changed. */
  static WeirConfig upstream(WeirConfig config, String name, UnaryOperator<UpstreamConfig> change) {
    UpstreamConfig upstream = config.upstreams().get(name);
    return config.with(change.apply(Refusal.ifMissing(upstream, "upstream", name)));
  }

  /** The configuration with one endpoint changed. */
  static WeirConfig endpoint(
      WeirConfig config, String upstream, String id, UnaryOperator<EndpointConfig> change) {
    return upstream(
        config,
        upstream,
        found -> {
          EndpointConfig known = find(found, id);
          Refusal.ifMissing(known, "endpoint", id);
          return found.with(
              found.endpoints().stream()
                  .map(each -> each == known ? change.apply(each) : each)
                  .toList());
        });
  }

  /** The endpoint of that id; {@code null} when there is none. */
  static EndpointConfig find(UpstreamConfig upstream, String id) {
    return upstream.endpoints().stream().filter(has(id)).findAny().orElse(null);
  }

  /** The upstream without the endpoint of that id. */
  static UpstreamConfig without(UpstreamConfig upstream, String id) {
    List<EndpointConfig> left =
        upstream.endpoints().stream().filter(Predicate.not(has(id))).toList();
    return upstream.with(left);
  }

  private static Predicate<EndpointConfig> has(String id) {
    return endpoint -> endpoint.id().equals(id);
  }
}
