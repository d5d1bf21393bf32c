package dev.weir.node;

import dev.weir.config.EndpointConfig;
import io.vertx.core.json.JsonObject;

/**
 * One address of an upstream, as this node sees it. The object lives as long as the address stays
 * in the configuration or announced, so that its numbers survive a change of weight or policy.
 */
public final class Endpoint {

  private static final int WHOLE = 100;

  private final String upstream;
  private final String id;
  private final Load load;
  private final Slots slots;
  private volatile EndpointConfig config;
  private volatile boolean announced;
  private volatile int reportedPercent = WHOLE;
  private volatile boolean healthy = true;
  private volatile boolean proven;
  private volatile boolean ejected;
  private volatile boolean degraded;
  private volatile long joined;
  private volatile long drained;

  /**
   * @param upstream the load of the upstream
   * @param whole the connections to the upstream
   * @param announced whether it has announced itself
   */
  Endpoint(String name, Load upstream, Slots whole, EndpointConfig config, boolean announced) {
    this.upstream = name;
    this.id = config.id();
    this.load = upstream.ofEndpoint();
    this.slots = new Slots(whole);
    this.config = config;
    this.announced = announced;
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

  /** The address of the event bus that it stands for; {@code null} when it is a host. */
  public String address() {
    return config.address();
  }

  /** What it gets of its weight, in percent, by how busy it says that it is; 10 to 1000. */
  public int reportedPercent() {
    return reportedPercent;
  }

  boolean reported(int percent) {
    boolean changed = reportedPercent != percent;
    reportedPercent = percent;
    return changed;
  }

  /** Whether it is there because it has announced itself, and not by the configuration. */
  public boolean announced() {
    return announced;
  }

  /** The share of traffic relative to the other endpoints; 0 means no new traffic. */
  public int weight() {
    return config.weight();
  }

  /** Whether the last word of the health role is that this endpoint works. */
  public boolean healthy() {
    return healthy;
  }

  /** Whether its health is what probes have found, rather than what is taken for granted. */
  public boolean proven() {
    return proven;
  }

  /** Whether it gets no traffic for a time because of what traffic has seen of it. */
  public boolean ejected() {
    return ejected;
  }

  /** Whether it works, but is to get traffic only when there is too little else. */
  public boolean degraded() {
    return degraded;
  }

  /** Whether it works, as far as probes and traffic know, or because operators say so. */
  public boolean works() {
    return works(config);
  }

  private boolean works(EndpointConfig config) {
    return switch (config.health()) {
      case EndpointConfig.UP -> true;
      case EndpointConfig.DOWN -> false;
      default -> healthy && !ejected;
    };
  }

  /** Whether it is meant to take new clients, be it able to or not. */
  public boolean takesTraffic() {
    return takesTraffic(config);
  }

  /** Whether it may be picked: it works and takes a share of the traffic. */
  public boolean usable() {
    return works() && takesTraffic();
  }

  /** How busy it is. */
  public Load load() {
    return load;
  }

  /** The connections that this node has to it. */
  public Slots slots() {
    return slots;
  }

  /**
   * When it came back or was added, in nanoseconds of {@link System#nanoTime()}; 0 when it was
   * there from the start.
   */
  public long joined() {
    return joined;
  }

  /** When it began to drain; only meaningful while it does. */
  public long drained() {
    return drained;
  }

  /** From now on it is new. */
  void join(long now) {
    joined = now == 0 ? 1 : now;
  }

  void config(EndpointConfig next, boolean announced, long now) {
    this.announced = announced;
    if (next.drain() && !config.drain()) {
      drained = now;
    }
    boolean returns = works(next) && takesTraffic(next) && !usable();
    config = next;
    if (returns) {
      join(now);
    }
  }

  private static boolean takesTraffic(EndpointConfig config) {
    return config.weight() > 0 && !config.drain() && config.enabled();
  }

  boolean health(boolean up, long now) {
    boolean changed = healthy != up;
    if (changed && up) {
      join(now);
    }
    healthy = up;
    return changed;
  }

  void prove(boolean proven) {
    this.proven = proven;
  }

  boolean degrade(boolean now) {
    boolean changed = degraded != now;
    degraded = now;
    return changed;
  }

  boolean eject(boolean out, long now) {
    boolean changed = ejected != out;
    if (changed && !out) {
      join(now);
    }
    ejected = out;
    return changed;
  }

  /** Its state, as operators see it. */
  public JsonObject toJson() {
    JsonObject json =
        new JsonObject()
            .put("endpoint", id)
            .put("source", announced ? "announced" : "configured")
            .put("healthy", healthy)
            .put("ejected", ejected)
            .put("degraded", degraded)
            .put("weight", weight())
            .put("draining", config.drain())
            .put("enabled", config.enabled())
            .put("health", config.health())
            .put("inFlight", load.inFlight());
    return announced ? json.put("reportedPercent", reportedPercent) : json;
  }

  @Override
  public String toString() {
    return upstream + "/" + id;
  }
}
