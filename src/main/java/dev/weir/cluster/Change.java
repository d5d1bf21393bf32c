package dev.weir.cluster;

import dev.weir.config.ObjectReader;
import dev.weir.config.Shape;
import io.vertx.core.json.JsonObject;

/**
 * A node says a word, or takes it back.
 *
 * @param holds whether it thinks so from now on
 */
record Change(Word word, boolean holds) {

  static Change read(ObjectReader fields) {
    boolean holds = fields.required("holds", Shape.bool());
    return new Change(Word.read(fields), holds);
  }

  JsonObject toJson() {
    return word.toJson().put("holds", holds);
  }
}
