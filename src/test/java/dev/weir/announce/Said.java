package dev.weir.announce;

import dev.weir.config.Announcement;
import dev.weir.config.ObjectReader;
import io.vertx.core.json.JsonObject;

/** Makes announcements for {@code orders}. */
final class Said {
  private Said() {}

  /** An announcement of a port with further keys and values. */
  static Announcement of(int port, Object... keysAndValues) {
    JsonObject json = new JsonObject().put("upstream", "orders");
    json.put("host", "10.0.0.7").put("port", port);
    for (int i = 0; i < keysAndValues.length; i += 2) {
      json.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return ObjectReader.parse(json, Announcement::read);
  }
}
