package dev.weir.node;

import dev.weir.config.EndpointConfig;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One address of an upstream, as this node sees it. The object lives as long as the address stays
 * in the configuration, so that its numbers survive a change of weight or policy.
 */
public final class Endpoint {

  private final String upstream;
  private final String id;
  private final AtomicInteger inFlight = new AtomicInteger();
  private volatile EndpointConfig config;
  private volatile boolean healthy = true;

  Endpoint(String upstream, EndpointConfig config) {
    this.upstream = upstream;
    this.id = config.id();
    this.config = config;
  }

  /** The name of the upstream that this endpoint belongs to. */
  public String upstream() {
    return upstream;
  }

  /** {@code host:port}, unique within the upstream. */
  public String id() {
    return id;
  }

  public EndpointConfig config() {
    return config;
  }

  /** The share of traffic relative to the other endpoints; 0 means no new traffic. */
  public int weight() {
    return config.weight();
  }

  /** Whether the last word of the health role is that this endpoint works. */
  public boolean healthy() {
    return healthy;
  }

  /** Whether it may be picked: it works and takes a share of the traffic. */
  public boolean usable() {
    return healthy && weight() > 0;
  }

  /** Attempts under way at this endpoint on the whole node. */
  public int inFlight() {
    return inFlight.get();
  }

  /** Counts an attempt in. */
  public void begin() {
    inFlight.incrementAndGet();
  }

  /** Counts an attempt out. */
  public void end() {
    inFlight.decrementAndGet();
  }

  void config(EndpointConfig config) {
    this.config = config;
  }

  boolean health(boolean up) {
    boolean changed = healthy != up;
    healthy = up;
    return changed;
  }

  /** Its state, as operators see it. */
  public JsonObject toJson() {
    return new JsonObject()
        .put("endpoint", id)
        .put("healthy", healthy)
        .put("weight", weight())
        .put("inFlight", inFlight());
  }

  @Override
  public String toString() {
    return upstream + "/" + id;
  }
}
