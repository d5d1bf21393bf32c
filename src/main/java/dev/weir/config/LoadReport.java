package dev.weir.config;

import io.vertx.core.json.JsonObject;

/**
 * How busy a service is, as it says itself.
 *
 * @param utilization how much of what it can do it does: 0 is idle, 1 is all; up to 1000
 * @param eventLoopLagMillis how late its event loops are, 0 to 600000 ms
 * @param errorRatio what share of its answers are errors, 0 to 1; default 0
 */
public record LoadReport(double utilization, double eventLoopLagMillis, double errorRatio) {

  private static final Shape<Double> UTILIZATION = Shape.number(0, 1000);
  private static final Shape<Double> LAG = Shape.number(0, 600_000);
  private static final Shape<Double> RATIO = Shape.number(0, 1);

  /** Reads the one among the keys of an announcement; {@code null} when there is none. */
  static LoadReport read(ObjectReader r) {
    Double utilization = r.optional("utilization", null, UTILIZATION);
    Double lag = r.optional("eventLoopLagMillis", null, LAG);
    Double errors = r.optional("errorRatio", null, RATIO);
    boolean said = utilization != null || lag != null;
    return said ? new LoadReport(orZero(utilization), orZero(lag), orZero(errors)) : null;
  }

  private static double orZero(Double value) {
    return value == null ? 0 : value;
  }

  JsonObject toJson() {
    return RecordJson.object(this);
  }
}
