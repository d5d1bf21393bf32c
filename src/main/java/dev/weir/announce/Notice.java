package dev.weir.announce;

import dev.weir.config.Announcement;
import dev.weir.config.ObjectReader;
import dev.weir.config.Shape;
import dev.weir.config.Shapes;
import io.vertx.core.json.JsonObject;

/**
 * An announcement that a node has accepted, as nodes tell it to one another.
 *
 * @param said the announcement
 * @param stamp orders what is said of one endpoint: the greater one counts, whichever node heard it
 * @param leftMillis for how long it still holds
 * @param envelope what shows that the service has said it; {@code null} when nothing does
 */
record Notice(Announcement said, long stamp, long leftMillis, JsonObject envelope) {
  private static final Shape<Long> STAMP = Shape.whole(0, 1L << 53);
  private static final Shape<Long> LEFT = Shape.whole(0, 600_000);

  static Notice read(ObjectReader fields) {
    long stamp = fields.required("stamp", STAMP);
    long left = fields.required("leftMillis", LEFT);
    JsonObject envelope = fields.optional("envelope", null, Shapes.document());
    return new Notice(Announcement.read(fields), stamp, left, envelope);
  }

  /** One that is not signed. */
  static Notice of(Announcement said, long stamp) {
    return new Notice(said, stamp, said.ttlMillis(), null);
  }

  /** One that is signed: what is said later was signed later, whichever node heard it. */
  static Notice of(Signed signed, long nowMillis) {
    long left = signed.leftMillis(nowMillis);
    return new Notice(signed.said(), signed.atMillis(), left, signed.envelope());
  }

  JsonObject toJson() {
    JsonObject json = said.toJson().put("stamp", stamp).put("leftMillis", leftMillis);
    return envelope == null ? json : json.put("envelope", envelope);
  }
}
