package dev.weir.config;

import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The whole configuration. Every part may be absent.
 *
 * @param ingress where the gateway listens; default none
 * @param trustedProxies the addresses and ranges whose {@code Forwarded} and {@code X-Forwarded-*}
 *     headers are believed; default none
 * @param routes which request goes to which upstream, ids unique; default none
 * @param upstreams the groups of endpoints by name; default none
 * @param bodies what bodies of requests may be, unless a route says otherwise
 * @param progress how large transfers are made visible
 * @param zone where this node stands, for {@code balancer.preferZone}; default none
 * @param cluster how the nodes of a cluster know of one another
 * @param scale how many instances of each role run
 * @param drain how the gateway stops
 * @param accessLog what is written of each request
 * @param admin the listener for operators
 * @param watch a file or directory that changes the configuration
 * @param bridge the event bus for local processes that are no JVM
 * @param control who may operate the gateway by messages
 * @param replies the responses that the gateway makes itself
 */
public record WeirConfig(
    List<ListenerConfig> ingress,
    List<String> trustedProxies,
    List<RouteConfig> routes,
    Map<String, UpstreamConfig> upstreams,
    BodiesConfig bodies,
    ProgressConfig progress,
    String zone,
    ClusterConfig cluster,
    ScaleConfig scale,
    DrainConfig drain,
    AccessLogConfig accessLog,
    AdminConfig admin,
    WatchConfig watch,
    BridgeConfig bridge,
    ControlConfig control,
    RepliesConfig replies) {

  /** Keeps its own unmodifiable copies. */
  public WeirConfig {
    ingress = List.copyOf(ingress);
    trustedProxies = List.copyOf(trustedProxies);
    routes = List.copyOf(routes);
    upstreams = Ordered.copyOf(upstreams);
  }

  /**
   * Reads a configuration whose <code>${NAME}</code> stand for variables of the environment.
   *
   * @throws ConfigException with all problems at once
   */
  public static WeirConfig of(JsonObject json) {
    return of(json, System::getenv);
  }

  /**
   * Reads a configuration.
   *
   * @param variables the value of a name, or null when it is not set
   * @throws ConfigException with all problems at once
   */
  public static WeirConfig of(JsonObject json, Function<String, String> variables) {
    return new Reading(new Interpolation(variables)).read(json, WeirConfig::read);
  }

  static WeirConfig read(ObjectReader r) {
    return read(r, null);
  }

  /**
   * Reads a configuration, or a part of one.
   *
   * @param names the upstreams that there are where this is a part; then references between
   *     upstreams are not looked at. Null for the whole
   */
  static WeirConfig read(ObjectReader r, Set<String> names) {
    r.ignore("$schema");
    Set<String> sockets = new HashSet<>();
    Set<String> ids = new HashSet<>();
    Map<String, UpstreamConfig> upstreams =
        r.optional("upstreams", Map.of(), Shapes.named(HttpRules.NAME, UpstreamConfig::read));
    if (names == null) {
      FallbackRules.check(upstreams, r::problemAt);
    }
    Set<String> known = names == null ? upstreams.keySet() : names;
    return new WeirConfig(
        r.optional(
            "ingress",
            List.of(),
            Shapes.list(Shapes.object(each -> ListenerConfig.read(each, sockets)))),
        r.optional("trustedProxies", List.of(), Shapes.list(Shape.text(HostRules.CIDR))),
        r.optional(
            "routes",
            List.of(),
            Shapes.list(Shapes.object(each -> RouteConfig.read(each, ids, known)))),
        upstreams,
        r.object("bodies", BodiesConfig::read),
        r.object("progress", ProgressConfig::read),
        r.optional("zone", null, Common.NAME),
        r.object("cluster", ClusterConfig::read),
        r.object("scale", ScaleConfig::read),
        r.object("drain", DrainConfig::read),
        r.object("accessLog", AccessLogConfig::read),
        r.object("admin", each -> AdminConfig.read(each, sockets)),
        r.object("watch", WatchConfig::read),
        r.object("bridge", each -> BridgeConfig.read(each, sockets)),
        r.object("control", ControlConfig::read),
        r.object("replies", RepliesConfig::read));
  }

  /** The same with another upstream in the place of the one of its name, or as the last one. */
  public WeirConfig with(UpstreamConfig upstream) {
    return withUpstreams(Map.of(upstream.name(), upstream));
  }

  /** The same with several others likewise. */
  public WeirConfig withUpstreams(Map<String, UpstreamConfig> others) {
    Map<String, UpstreamConfig> next = new LinkedHashMap<>(upstreams);
    next.putAll(others);
    return Parts.with(this, Map.of("upstreams", next));
  }

  /** The same without an upstream. */
  public WeirConfig without(String upstream) {
    Map<String, UpstreamConfig> left = new LinkedHashMap<>(upstreams);
    left.remove(upstream);
    return Parts.with(this, Map.of("upstreams", left));
  }

  /** The same with other routes. */
  public WeirConfig with(List<RouteConfig> routes) {
    return Parts.with(this, Map.of("routes", routes));
  }

  /** The same node with what another configuration says of all nodes. */
  public WeirConfig withShared(WeirConfig other) {
    return Parts.withShared(this, other);
  }

  /** The configuration in full, with every default written out; {@link #of} reads it again. */
  public JsonObject toJson() {
    JsonObject json = RecordJson.object(this);
    JsonObject named = json.getJsonObject("upstreams");
    named.fieldNames().forEach(name -> named.getJsonObject(name).remove("name"));
    return json;
  }
}
