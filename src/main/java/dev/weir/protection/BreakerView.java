package dev.weir.protection;

import dev.weir.config.CircuitBreakerConfig;
import dev.weir.resilience.CircuitBreaker;
import dev.weir.resilience.State;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;

/**
 * A breaker and what it stands before.
 *
 * @param upstream the name of the upstream
 * @param endpoint the id of the endpoint; {@code null} when it stands before the upstream
 * @param breaker the breaker
 * @param config what it was made from
 */
public record BreakerView(
    String upstream, String endpoint, CircuitBreaker breaker, CircuitBreakerConfig config) {

  private static final double WHOLE = 100;

  /** What it is called: {@code weir/upstream} or {@code weir/upstream/endpoint}. */
  String name() {
    return "weir/" + upstream + (endpoint == null ? "" : "/" + endpoint);
  }

  /** Its state, as operators see it. */
  public JsonObject toJson(long now) {
    int[] numbers = breaker.numbers(now);
    return new JsonObject()
        .put("state", breaker.state().name())
        .put("sequence", breaker.sequence())
        .put("calls", numbers[0])
        .put("failures", numbers[1])
        .put("slow", numbers[2])
        .put("refused", breaker.refused())
        .put("retryMillis", TimeUnit.NANOSECONDS.toMillis(breaker.refusesNanos(now)));
  }

  /**
   * Its state in the format of vertx-circuit-breaker, which has no states of the operator and
   * measures latencies that stand in the metrics here: they are 0.
   *
   * @param node what that library calls the node
   */
  JsonObject toNotification(String node, long now) {
    int[] numbers = breaker.numbers(now);
    return new JsonObject()
        .put("name", name())
        .put("node", node)
        .put("state", state(breaker.state()))
        .put("failures", numbers[1])
        .put("resetTimeout", config.openMillis())
        .put("timeout", 0)
        .put("metricRollingWindow", config.windowMillis())
        .mergeIn(counts("total", breaker.calls(), breaker.failures(), breaker.refused()))
        .mergeIn(counts("rolling", numbers[0], numbers[1], 0));
  }

  private static String state(State state) {
    return switch (state) {
      case OPEN, FORCED_OPEN -> "OPEN";
      case HALF_OPEN -> "HALF_OPEN";
      default -> "CLOSED";
    };
  }

  private static JsonObject counts(String prefix, long calls, long failures, long refused) {
    double percent = calls == 0 ? 0 : failures * WHOLE / calls;
    JsonObject latency = new JsonObject();
    for (String percentile :
        new String[] {"0", "25", "50", "75", "90", "95", "99", "99.5", "100"}) {
      latency.put(percentile, 0);
    }
    return new JsonObject()
        .put(prefix + "OperationCount", calls)
        .put(prefix + "ErrorCount", failures)
        .put(prefix + "FailureCount", failures)
        .put(prefix + "SuccessCount", calls - failures)
        .put(prefix + "TimeoutCount", 0)
        .put(prefix + "ExceptionCount", 0)
        .put(prefix + "SuccessPercentage", calls == 0 ? 0 : WHOLE - percent)
        .put(prefix + "ErrorPercentage", percent)
        .put(prefix + "FallbackSuccessCount", 0)
        .put(prefix + "FallbackFailureCount", 0)
        .put(prefix + "ShortCircuitedCount", refused)
        .put(prefix + "LatencyMean", 0)
        .put(prefix + "Latency", latency);
  }
}
