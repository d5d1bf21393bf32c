package dev.weir.protection;

import dev.weir.config.ObjectReader;
import dev.weir.config.Shape;
import dev.weir.resilience.State;
import dev.weir.resilience.Transition;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What came out where one node has tried for all whether a breaker may close.
 *
 * @param key names the breaker in the whole cluster
 * @param closes whether it may
 * @param openNanos for how long it stays open if not
 */
record Verdict(String key, boolean closes, long openNanos) {

  private static final String TYPE = "trial";

  /** What a change says that ended a trial; {@code null} when it says nothing. */
  static Verdict of(String key, Transition change) {
    return switch (change.cause()) {
      case TRIALS_SUCCEEDED, TRIAL_FAILED ->
          new Verdict(key, change.to() == State.CLOSED, change.openNanos());
      default -> null;
    };
  }

  /**
   * Reads one.
   *
   * @return {@code null} when it is something else
   * @throws dev.weir.config.ConfigException when it is not right
   */
  static Verdict of(JsonObject news) {
    return TYPE.equals(news.getValue("type")) ? ObjectReader.parse(news, Verdict::read) : null;
  }

  private static Verdict read(ObjectReader fields) {
    fields.required("type", Shape.word(List.of(TYPE)));
    return new Verdict(
        fields.required("key", Shape.text()),
        fields.required("closes", Shape.bool()),
        fields.required("openNanos", Shape.whole(0, Long.MAX_VALUE)));
  }

  JsonObject toJson() {
    return new JsonObject()
        .put("type", TYPE)
        .put("key", key)
        .put("closes", closes)
        .put("openNanos", openNanos);
  }
}
