package dev.weir.node;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How busy an endpoint is, counted for the whole node whatever the lanes. Any thread may use it.
 *
 * <p>The load of an upstream is the sum of the loads of its endpoints, kept up to date with them.
 */
public final class Load {

  /** What a failure counts as in the latency: a second. */
  public static final long FAILURE_NANOS = 1_000_000_000L;

  private final Load whole;
  private final Latency latency;
  private final Load shadow;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger pending = new AtomicInteger();
  private final AtomicInteger retries = new AtomicInteger();

  private Load(Load whole, Latency latency, Load shadow) {
    this.whole = whole;
    this.latency = latency;
    this.shadow = shadow;
  }

  /** The load of an upstream. */
  public static Load ofUpstream() {
    Latency latency = new Latency();
    return new Load(null, latency, new Load(null, latency, null));
  }

  /** The load of one endpoint of the upstream whose load this is. */
  public Load ofEndpoint() {
    Latency latency = new Latency();
    return new Load(this, latency, new Load(shadow, latency, null));
  }

  /**
   * What this would be if a shadow policy had the traffic: a count of its own over the same
   * latency. {@code null} when this is such a one.
   */
  public Load shadow() {
    return shadow;
  }

  /** The load of the upstream; {@code null} when this is one. */
  public Load whole() {
    return whole;
  }

  /** How long it takes to answer. */
  public Latency latency() {
    return latency;
  }

  /** Attempts under way. */
  public int inFlight() {
    return inFlight.get();
  }

  /** Those of them that wait for a connection. */
  public int pending() {
    return pending.get();
  }

  /** An attempt begins to wait for a connection (1), or waits no longer (-1). */
  public void pending(int change) {
    pending.addAndGet(change);
    if (whole != null) {
      whole.pending(change);
    }
  }

  /** Those attempts under way at an endpoint that are not the first of their exchange. */
  public int retries() {
    return retries.get();
  }

  /** Such an attempt begins (1) or is over (-1). */
  public void retries(int change) {
    retries.addAndGet(change);
  }

  /**
   * Takes an answer into the latency. One that says that the endpoint could not do its work counts
   * as slow, or an endpoint that fails fast would look like the best.
   *
   * @param nanos from the end of the request to the head of the answer; 0 when the answer came
   *     first: then the average only decays
   * @param now the time in nanoseconds
   */
  public void answered(int status, long nanos, long now) {
    boolean failed = status >= 502 && status <= 504;
    latency.observe(failed ? Math.max(nanos, FAILURE_NANOS) : nanos, now);
  }

  /** Takes a failure to answer into the latency. */
  public void failed(long now) {
    latency.observe(FAILURE_NANOS, now);
  }

  /** Counts an attempt in. */
  public void begin() {
    inFlight.incrementAndGet();
    if (whole != null) {
      whole.begin();
    }
  }

  /** Counts an attempt out. */
  public void end() {
    inFlight.decrementAndGet();
    if (whole != null) {
      whole.end();
    }
  }
}
