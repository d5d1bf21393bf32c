package dev.weir.announce;

import dev.weir.config.Announcement;
import dev.weir.config.ObjectReader;
import dev.weir.config.Shape;
import io.vertx.core.json.JsonObject;

/**
 * An announcement that a node has accepted, as nodes tell it to one another.
 *
 * @param said the announcement
 * @param stamp orders what is said of one endpoint: the greater one counts, whichever node heard it
 * @param leftMillis for how long it still holds
 */
record Notice(Announcement said, long stamp, long leftMillis) {
  private static final Shape<Long> STAMP = Shape.whole(0, 1L << 53);
  private static final Shape<Long> LEFT = Shape.whole(0, 600_000);

  static Notice read(ObjectReader fields) {
    long stamp = fields.required("stamp", STAMP);
    long left = fields.required("leftMillis", LEFT);
    return new Notice(Announcement.read(fields), stamp, left);
  }

  JsonObject toJson() {
    return said.toJson().put("stamp", stamp).put("leftMillis", leftMillis);
  }
}
