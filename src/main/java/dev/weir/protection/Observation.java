package dev.weir.protection;

import dev.weir.config.ObjectReader;
import dev.weir.config.Shape;
import dev.weir.config.Shapes;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What the traffic of this node has seen of an endpoint for a while.
 *
 * @param upstream the name of the upstream
 * @param endpoint the id of the endpoint
 * @param requests how many attempts have ended, or have had the head of an answer
 * @param failures how many of them had an answer of 500 or more, or none
 */
public record Observation(String upstream, String endpoint, long requests, long failures) {

  private static final String ENDPOINTS = "endpoints";

  /** Whether the endpoint has answered well at least once. */
  public boolean succeeded() {
    return requests > failures;
  }

  /** The message that says these. */
  static JsonObject message(List<Observation> observations) {
    JsonArray endpoints = new JsonArray();
    observations.forEach(each -> endpoints.add(each.toJson()));
    return new JsonObject().put(ENDPOINTS, endpoints);
  }

  /**
   * Reads a message.
   *
   * @throws dev.weir.config.ConfigException when it is not right
   */
  public static List<Observation> of(Object message) {
    return ObjectReader.parse(
        message instanceof JsonObject json ? json : new JsonObject(),
        fields -> fields.required(ENDPOINTS, Shapes.list(Shapes.object(Observation::read))));
  }

  private static Observation read(ObjectReader fields) {
    return new Observation(
        fields.required("upstream", Shape.text()),
        fields.required("endpoint", Shape.text()),
        fields.required("requests", Shape.whole(0, Long.MAX_VALUE)),
        fields.required("failures", Shape.whole(0, Long.MAX_VALUE)));
  }

  private JsonObject toJson() {
    return new JsonObject()
        .put("upstream", upstream)
        .put("endpoint", endpoint)
        .put("requests", requests)
        .put("failures", failures);
  }
}
