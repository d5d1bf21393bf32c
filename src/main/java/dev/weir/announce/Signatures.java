package dev.weir.announce;

import io.vertx.core.json.JsonObject;

/** Knows the keys that announcements are signed with. */
@FunctionalInterface
public interface Signatures {

  /**
   * Opens an envelope.
   *
   * @return what was signed, which need not hold any longer
   * @throws RuntimeException when the signature is not right, or what was signed is no announcement
   */
  Signed open(JsonObject envelope);
}
