package dev.weir.health;

import io.vertx.core.json.JsonObject;

/**
 * What one probe has found.
 *
 * @param failure what went wrong; {@code null} for a success
 * @param degraded whether the endpoint calls itself degraded
 * @param millis how long it took
 */
record Probed(String failure, boolean degraded, long millis) {

  JsonObject toJson() {
    return new JsonObject()
        .put("ok", failure == null)
        .put("reason", failure)
        .put("degraded", degraded)
        .put("tookMillis", millis);
  }
}
