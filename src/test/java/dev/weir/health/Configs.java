package dev.weir.health;

import dev.weir.config.ActiveHealthConfig;
import dev.weir.config.ObjectReader;
import io.vertx.core.json.JsonObject;

/** Configurations of probes for tests. */
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
}
