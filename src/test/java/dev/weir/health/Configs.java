package dev.weir.health;

import dev.weir.config.ActiveHealthConfig;
import dev.weir.config.EndpointConfig;
import dev.weir.config.ObjectReader;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

/** Probes for tests, and their configurations. */
final class Configs {

  private Configs() {}

  /** What these keys and values say, and the defaults. */
  static ActiveHealthConfig of(Object... keysAndValues) {
    JsonObject json = new JsonObject();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      json.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return ObjectReader.parse(json, ActiveHealthConfig::read);
  }

  /** One with a client of its own. */
  static HttpProbe http(Vertx vertx, EndpointConfig endpoint, ActiveHealthConfig config) {
    return new HttpProbe(
        vertx.createHttpClient(HttpProbe.options()), endpoint, config, name(vertx, endpoint));
  }

  /** One with a client of its own. */
  static GrpcProbe grpc(Vertx vertx, EndpointConfig endpoint, ActiveHealthConfig config) {
    return new GrpcProbe(
        vertx.createHttpClient(GrpcProbe.options()), endpoint, config, name(vertx, endpoint));
  }

  private static NameWatch name(Vertx vertx, EndpointConfig endpoint) {
    return new NameWatch(vertx, endpoint.host(), 10_000, System::nanoTime);
  }
}
