package dev.weir.metrics;

import java.util.List;

/** What one lane refuses for one upstream because of its limits. Only for its event loop. */
public final class LimitMetrics extends Cells {

  /** What is limited, in the order of the cells. */
  static final List<String> LIMITS =
      List.of("requests", "pending", "endpoint-requests", "endpoint-pending", "endpoint-retries");

  LimitMetrics() {
    super(LIMITS.size());
  }

  /** Too many attempts were in flight at the upstream. */
  public void requests() {
    add(0, 1);
  }

  /** Too many attempts waited for connections to the upstream. */
  public void pending() {
    add(1, 1);
  }

  /** Too many attempts were in flight at an endpoint. */
  public void endpointRequests() {
    add(2, 1);
  }

  /** Too many attempts waited for connections to an endpoint. */
  public void endpointPending() {
    add(3, 1);
  }

  /** Too many attempts at an endpoint were not the first of their exchange. */
  public void endpointRetries() {
    add(4, 1);
  }
}
