package dev.weir.resilience;

import dev.weir.config.CircuitBreakerConfig;

/**
 * The results of the last calls, as far as they count. Any thread may use it; none waits for
 * another.
 */
interface Window {

  /** What is in a window; two of its numbers may be a call apart while others record. */
  record Numbers(int calls, int failures, int slow) {

    static final Numbers NONE = new Numbers(0, 0, 0);
  }

  /**
   * Takes one result in.
   *
   * @param now the time in nanoseconds
   * @return why the breaker must open, looked at when the call failed or was slow; {@code null}
   *     when it need not
   */
  Cause record(boolean failed, boolean slow, long now);

  Numbers numbers(long now);

  static Window of(CircuitBreakerConfig config, long now) {
    return config.window().equals(CircuitBreakerConfig.TIME)
        ? new TimeWindow(config, now)
        : new CountWindow(config);
  }
}
