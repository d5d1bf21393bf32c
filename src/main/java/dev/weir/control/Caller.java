package dev.weir.control;

import io.vertx.core.json.JsonObject;

/**
 * Who has sent a command.
 *
 * @param key the id of the key that it is signed with; null when it is not signed
 * @param mayChange whether more than asking is allowed
 */
record Caller(String key, boolean mayChange) {

  /** Code in the same JVM, where nothing has to be signed. */
  static final Caller LOCAL = new Caller(null, true);

  /** Another member of the cluster, where nothing has to be signed. */
  static final Caller REMOTE = new Caller(null, false);

  /** Puts the key into what an event says of a change, if there is one; changes the argument. */
  JsonObject sign(JsonObject details) {
    return key == null ? details : details.put("key", key);
  }
}
