package dev.weir.node;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How busy an endpoint is, counted for the whole node whatever the lanes. Any thread may use it.
 *
 * <p>The load of an upstream is the sum of the loads of its endpoints, kept up to date with them.
 */
public final class Load {

  private final Load whole;
  private final Latency latency;
  private final AtomicInteger inFlight = new AtomicInteger();

  private Load(Load whole, Latency latency) {
    this.whole = whole;
    this.latency = latency;
  }

  /** The load of an upstream. */
  public static Load ofUpstream() {
    return new Load(null, new Latency());
  }

  /** The load of one endpoint of the upstream whose load this is. */
  public Load ofEndpoint() {
    return new Load(this, new Latency());
  }

  /** One with the latency of another, but with a count of its own; its upstream is this one. */
  public Load shadowing(Load other) {
    return new Load(this, other.latency);
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
