package dev.weir.announce;

import dev.weir.config.Announcement;
import io.vertx.core.json.JsonObject;

/**
 * An announcement that was signed.
 *
 * @param said the announcement
 * @param atMillis when it was signed, in milliseconds since 1970
 * @param envelope what was signed and the signature, as it came
 */
public record Signed(Announcement said, long atMillis, JsonObject envelope) {

  /**
   * For how long it still holds: until its time to live after it was signed is over, so that
   * nothing is won by sending it once more. The clocks of services may run ahead.
   *
   * @return 0 when it is over
   */
  long leftMillis(long nowMillis) {
    return Math.max(0, Math.min(said.ttlMillis(), atMillis + said.ttlMillis() - nowMillis));
  }
}
