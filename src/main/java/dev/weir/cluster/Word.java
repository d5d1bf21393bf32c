package dev.weir.cluster;

import dev.weir.config.ObjectReader;
import dev.weir.config.Shape;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What one node says against an endpoint, for as long as it thinks so.
 *
 * @param source how it knows: {@value #PROBE} or {@value #TRAFFIC}; or {@value #DEGRADED}
 * @param upstream the name of the upstream
 * @param endpoint the id of the endpoint
 * @param reason why, for people
 * @param millis how long it means to stay with it at the most, from when it said so; 0 when it does
 *     not know
 */
public record Word(String source, String upstream, String endpoint, String reason, long millis) {

  /** Its probes fail. */
  public static final String PROBE = "probe";

  /** It has ejected the endpoint because of its traffic. */
  public static final String TRAFFIC = "traffic";

  /** Its probes succeed, but the endpoint calls itself degraded. */
  public static final String DEGRADED = "degraded";

  private static final Shape<String> SOURCE = Shape.word(List.of(PROBE, TRAFFIC, DEGRADED));
  private static final Shape<Long> MILLIS = Shape.whole(0, 1L << 40);

  static Word read(ObjectReader fields) {
    return new Word(
        fields.required("source", SOURCE),
        fields.required("upstream", Shape.text()),
        fields.required("endpoint", Shape.text()),
        fields.required("reason", Shape.text()),
        fields.required("millis", MILLIS));
  }

  JsonObject toJson() {
    return new JsonObject()
        .put("source", source)
        .put("upstream", upstream)
        .put("endpoint", endpoint)
        .put("reason", reason)
        .put("millis", millis);
  }

  /** Words with the same key take the place of one another. */
  String key() {
    return key(source, upstream, endpoint);
  }

  static String key(String source, String upstream, String endpoint) {
    return source + "/" + upstream + "/" + endpoint;
  }
}
