package dev.weir.upstream;

import dev.weir.config.RetryBudgetConfig;
import dev.weir.exchange.Exchange;
import dev.weir.exchange.Trouble;
import dev.weir.metrics.EndpointMetrics;
import dev.weir.metrics.RetryMetrics;
import dev.weir.node.Endpoint;
import dev.weir.node.Upstream;
import java.util.function.Function;

/**
 * What holds for all attempts at one upstream on one lane; built when its configuration changes.
 *
 * @param upstream the upstream
 * @param timeouts how long they may take
 * @param retry when its requests are tried again, unless their route says otherwise; {@code null}
 *     for never
 * @param budget how many retries are under way, on the whole node
 * @param limits how much of it is let through
 * @param firstBytes how long it takes to answer, as far as hedges ask for that
 * @param pools the pool of one of its endpoints
 * @param metrics where the lane counts
 * @param onBus where it counts attempts on the event bus; {@code null} where there are none
 */
record Rules(
    Upstream upstream,
    Timeouts timeouts,
    RetryPolicy retry,
    RetryBudget budget,
    Limits limits,
    FirstBytes firstBytes,
    Function<Endpoint, EndpointPool> pools,
    RetryMetrics metrics,
    EndpointMetrics onBus) {

  /** Charges the budget for a retry, if there is room in it. */
  boolean pay() {
    return pay(false);
  }

  /**
   * Charges the budget for a retry, if there is room in it.
   *
   * @param again whether the try that has failed was paid as well
   */
  boolean pay(boolean again) {
    int limit = upstream.config().limits().maxRetries();
    RetryBudgetConfig config = upstream.config().retryBudget();
    return again ? budget.tryKeep(config, limit) : budget.tryAcquire(config, limit);
  }

  /** Counts an answer to the wish for another try; {@code null} is a yes. */
  void count(Trouble trouble, Refusal refusal) {
    if (refusal == null) {
      metrics.retried(trouble);
    } else {
      switch (refusal) {
        case BUDGET -> metrics.overBudget();
        case EXHAUSTED -> metrics.exhausted();
        case DEADLINE -> metrics.tooLate();
        case BODY -> metrics.bodyGone();
        case NOT_COVERED -> {}
      }
    }
  }

  /** Excludes the endpoint that has just failed; begins again when all were tried. */
  void exclude(Exchange exchange) {
    Endpoint failed = exchange.endpoint();
    exchange.exclude();
    if (!hasUntried(exchange)) {
      exchange.startOver();
      if (upstream.usable() > (failed.usable() ? 1 : 0)) {
        exchange.exclude();
      }
    }
  }

  /** Whether there is an endpoint that may be used and has not failed the exchange. */
  boolean hasUntried(Exchange exchange) {
    for (Endpoint endpoint : upstream.endpoints()) {
      if (endpoint.usable() && endpoint != exchange.endpoint() && !exchange.tried(endpoint)) {
        return true;
      }
    }
    return false;
  }
}
