package dev.weir.announce;

import dev.weir.config.LoadReport;
import dev.weir.config.ReportedLoadConfig;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What share of its weight each endpoint of an upstream gets by what it reports: less when it is
 * busier than the others, until all are equally busy. The idea is that of Envoy's client-side
 * weighted round robin, whose weight is requests per second over utilization; here the share that
 * an endpoint has stands in for its requests per second, because these grow with it.
 *
 * <p>Each report moves a share by the square root of what would make the endpoint as busy as the
 * mean, by half or to twice as much at the most: a report tells of the past, and the whole step
 * would overshoot. Endpoints that don't report get the mean share. Used by one thread.
 */
final class ReportedShares {
  /** Below that a service counts as this busy: what idle services report is noise. */
  static final double IDLE = 0.1;

  private static final double LEAST_STEP = 0.5;
  private static final double MOST_STEP = 2;
  private static final double LEAST_SHARE = 0.1;
  private static final double MOST_SHARE = 10;
  private static final int WHOLE = 100;

  private static final class State {
    private double share = 1;
    private double load;
    private long at;
  }

  private final Map<String, State> states = new HashMap<>();

  /** How busy a service is in all. */
  static double load(LoadReport report, ReportedLoadConfig config) {
    double lag = report.eventLoopLagMillis() / config.fullLagMillis();
    double busy = Math.max(report.utilization(), lag);
    return Math.max(IDLE, busy + config.errorPenalty() * report.errorRatio());
  }

  /** Takes the report of an endpoint in. */
  void take(String endpoint, LoadReport report, ReportedLoadConfig config, long now) {
    forget(config, now);
    State state = states.computeIfAbsent(endpoint, missing -> new State());
    state.load = load(report, config);
    state.at = now;
    double step = Math.sqrt(mean() / state.load);
    double share = state.share * Math.max(LEAST_STEP, Math.min(MOST_STEP, step));
    state.share = bounded(share);
    even();
  }

  private static double bounded(double share) {
    return Math.max(LEAST_SHARE, Math.min(MOST_SHARE, share));
  }

  /** How busy they are, each counted by its share: the more it gets, the more it would take. */
  private double mean() {
    double shares = 0;
    double loads = 0;
    for (State each : states.values()) {
      shares += each.share;
      loads += each.share * each.load;
    }
    return loads / shares;
  }

  /** The mean share is 1, so that those who report and those who don't can be compared. */
  private void even() {
    double mean = states.values().stream().mapToDouble(each -> each.share).average().orElse(1);
    states.values().forEach(each -> each.share = bounded(each.share / mean));
  }

  /** Keeps those alone. */
  void retain(Collection<String> endpoints) {
    states.keySet().retainAll(endpoints);
  }

  private void forget(ReportedLoadConfig config, long now) {
    long expiry = TimeUnit.MILLISECONDS.toNanos(config.expiryMillis());
    states.values().removeIf(each -> now - each.at >= expiry);
  }

  /** The share of an endpoint in percent of its weight; 100 when it has not reported lately. */
  int percent(String endpoint, ReportedLoadConfig config, long now) {
    forget(config, now);
    State state = states.get(endpoint);
    return state == null ? WHOLE : (int) Math.round(WHOLE * state.share);
  }
}
