package dev.weir.it;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import java.nio.file.Path;

/**
 * A configuration to test with: one listener, one upstream called {@code main} and one route that
 * sends it everything; a test changes what it is about with {@link #with(String, Object)}.
 */
final class GatewayConfig {
  private final JsonObject json;
  private Scale scale = Scale.PER_EVENT_LOOP;

  private GatewayConfig(JsonObject json) {
    this.json = json;
  }

  /** A gateway in front of {@code endpointPorts} on the loopback interface. */
  static GatewayConfig to(int... endpointPorts) {
    JsonObject route = new JsonObject().put("id", "all").put("upstream", "main");
    return new GatewayConfig(
        new JsonObject()
            .put("ingress", new JsonArray().add(listener()))
            .put("routes", new JsonArray().add(route.put("match", new JsonObject())))
            .put("upstreams", new JsonObject().put("main", upstream(endpointPorts)))
            .put("accessLog", new JsonObject().put("mode", "off"))
            .put("admin", new JsonObject().put("host", "127.0.0.1").put("port", 0)));
  }

  static GatewayConfig to(ScriptedUpstream... upstreams) {
    int[] ports = new int[upstreams.length];
    for (int i = 0; i < ports.length; i++) {
      ports[i] = upstreams[i].port();
    }
    return to(ports);
  }

  /** A listener on a port that the system chooses. */
  static JsonObject listener() {
    return new JsonObject().put("host", "127.0.0.1").put("port", 0);
  }

  /** An upstream with an endpoint of weight 1 on each of {@code ports}. */
  static JsonObject upstream(int... ports) {
    JsonArray endpoints = new JsonArray();
    for (int port : ports) {
      endpoints.add(new JsonObject().put("host", "127.0.0.1").put("port", port));
    }
    return new JsonObject().put("endpoints", endpoints);
  }

  /** Sets what {@code pointer} (RFC 6901) points at; objects on the way are made. */
  GatewayConfig with(String pointer, Object value) {
    JsonPointer.from(pointer).writeJson(json, value, true);
    return this;
  }

  /** Sets a key of the first listener. */
  GatewayConfig listener(String key, Object value) {
    return with("/ingress/0/" + key, value);
  }

  /** Sets a key of the first route. */
  GatewayConfig route(String key, Object value) {
    return with("/routes/0/" + key, value);
  }

  /** Sets a time limit of the upstream {@code main}. */
  GatewayConfig timeout(String key, long millis) {
    return with("/upstreams/main/timeouts/" + key, millis);
  }

  /** Puts {@code routes} in the place of the one that takes everything. */
  GatewayConfig routes(JsonObject... routes) {
    JsonArray array = new JsonArray();
    for (JsonObject route : routes) {
      array.add(route);
    }
    return with("/routes", array);
  }

  /** Writes every exchange to {@code file}, one JSON object a line. */
  GatewayConfig accessLog(Path file) {
    return with(
        "/accessLog",
        new JsonObject().put("mode", "full").put("format", "json").put("path", file.toString()));
  }

  GatewayConfig scale(Scale scale) {
    this.scale = scale;
    return with("/scale", scale.json());
  }

  Scale scale() {
    return scale;
  }

  /** The part of the node that clients connect to. */
  GatewayConfig front() {
    return apart().with("/scale/balancer", -1).with("/scale/upstream", -1);
  }

  /** The part of the node that serves it. */
  GatewayConfig behind() {
    return apart()
        .with("/ingress", new JsonArray())
        .with("/scale/ingress", -1)
        .with("/accessLog", new JsonObject().put("mode", "off"));
  }

  private GatewayConfig apart() {
    GatewayConfig apart = new GatewayConfig(json());
    for (String upstream : json.getJsonObject("upstreams").fieldNames()) {
      apart.with("/upstreams/" + upstream + "/remote", true);
    }
    return apart.with("/cluster/heartbeatMillis", 100).with("/cluster/memberTimeoutMillis", 5000);
  }

  JsonObject json() {
    return json.copy();
  }
}
