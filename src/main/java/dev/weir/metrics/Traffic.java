package dev.weir.metrics;

import dev.weir.node.Node;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Map;

/**
 * What the attempts at the endpoints of one upstream have come to on this node. The numbers only
 * grow: whoever wants those of a minute subtracts, quantiles of it from the counts of the histogram
 * included.
 */
public final class Traffic {

  private static final int SERVER_ERROR = StatusClass.of(500);
  private static final double MILLIS = 1000;

  private final String upstream;
  private final Map<EndpointKey, long[]> sums;

  private Traffic(String upstream, Map<EndpointKey, long[]> sums) {
    this.upstream = upstream;
    this.sums = sums;
  }

  /** That of an upstream at this moment. */
  public static Traffic of(Node node, String upstream) {
    return new Traffic(upstream, GatewayMetrics.of(node).endpoints().sums());
  }

  /**
   * Adds {@code traffic} to every endpoint of a page: how many attempts ended with a {@code
   * response}, with one of 5xx ({@code serverErrors}) and without one ({@code failures}), and how
   * many took how long until the head of the response ({@code firstByteCounts}). The upper bounds
   * of these are {@code firstByteBoundsMillis} of the page; what took longer than the last one is
   * counted behind it.
   */
  public void addTo(JsonObject page) {
    JsonArray endpoints = page.getJsonArray("endpoints");
    for (int i = 0; i < endpoints.size(); i++) {
      JsonObject endpoint = endpoints.getJsonObject(i);
      endpoint.put("traffic", of(endpoint.getString("endpoint")));
    }
    page.put("firstByteBoundsMillis", boundsMillis());
  }

  private JsonObject of(String endpoint) {
    long[] none = new long[EndpointMetrics.SIZE];
    long[] cells = sums.getOrDefault(new EndpointKey(upstream, endpoint), none);
    return new JsonObject()
        .put("responses", sum(cells, EndpointMetrics.STATUS, StatusClass.COUNT))
        .put("serverErrors", cells[EndpointMetrics.STATUS + SERVER_ERROR])
        .put("failures", sum(cells, EndpointMetrics.FAILURES, LaneMetrics.FLAGS.size()))
        .put("firstByteCounts", counts(cells));
  }

  private static long sum(long[] cells, int first, int count) {
    return Arrays.stream(cells, first, first + count).sum();
  }

  private static JsonArray counts(long[] cells) {
    JsonArray counts = new JsonArray();
    int first = EndpointMetrics.FIRST_BYTE + Buckets.FIRST;
    Arrays.stream(cells, first, first + Buckets.COUNT).forEach(counts::add);
    return counts;
  }

  private static JsonArray boundsMillis() {
    JsonArray bounds = new JsonArray();
    for (double seconds : Buckets.boundsSeconds()) {
      if (Double.isFinite(seconds)) { // JSON has no infinity.
        bounds.add(seconds * MILLIS);
      }
    }
    return bounds;
  }
}
