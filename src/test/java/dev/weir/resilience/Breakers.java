package dev.weir.resilience;

import dev.weir.config.CircuitBreakerConfig;
import dev.weir.config.ObjectReader;
import io.vertx.core.json.JsonObject;

/** Configurations to test with. */
final class Breakers {

  static final long MILLI = 1_000_000;

  private Breakers() {}

  /** The defaults but for some keys, without jitter. */
  static CircuitBreakerConfig config(Object... keysAndValues) {
    JsonObject json = new JsonObject().put("openJitterPercent", 0);
    for (int i = 0; i < keysAndValues.length; i += 2) {
      json.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return ObjectReader.parse(json, CircuitBreakerConfig::read);
  }
}
