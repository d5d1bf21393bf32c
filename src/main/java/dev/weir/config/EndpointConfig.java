package dev.weir.config;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;

/**
 * One address of an upstream.
 *
 * @param host a name or an IP address, IPv6 without brackets; required
 * @param port 1 to 65535; required
 * @param weight its share relative to the other endpoints, 0 to 1000000; 0 takes no traffic;
 *     default {@value #DEFAULT_WEIGHT}
 * @param zone where it stands, for {@code balancer.preferZone}; default none
 * @param priority 0 is used first, greater ones as far as those before can't take the traffic; 0 to
 *     {@value #MAX_PRIORITY}; default 0
 * @param backup whether it comes after every priority; default false
 * @param drain whether it gets no new clients, only those that have its affinity cookie, and those
 *     until {@code balancer.affinity.drainMillis} are over; default false
 * @param enabled whether it gets any traffic, whatever else is known of it; default true
 * @param health what operators say of its health: {@value #AUTO} (what probes and traffic find out
 *     counts), {@value #UP} or {@value #DOWN} (whatever they find out); default {@value #AUTO}
 */
public record EndpointConfig(
    String host,
    int port,
    int weight,
    String zone,
    int priority,
    boolean backup,
    boolean drain,
    boolean enabled,
    String health) {

  /** Probes and traffic decide. */
  public static final String AUTO = "auto";

  /** It works. */
  public static final String UP = "up";

  /** It does not work. */
  public static final String DOWN = "down";

  /** What operators may say of the health. */
  public static final Shape<String> HEALTH = Shape.word(List.of(AUTO, UP, DOWN));

  /** As much as any other. */
  public static final int DEFAULT_WEIGHT = 1;

  /** The greatest weight. */
  public static final int MAX_WEIGHT = 1_000_000;

  /** The last priority. */
  public static final int MAX_PRIORITY = 127;

  private static final String BUS = "bus:";
  private static final int ON_BUS = 0;

  /** One that has every default but these. */
  public EndpointConfig(String host, int port, int weight) {
    this(host, port, weight, null, 0, false, false, true, AUTO);
  }

  /** One that is an address of the event bus. */
  static EndpointConfig onBus(String address) {
    return new EndpointConfig(BUS + address, ON_BUS, DEFAULT_WEIGHT);
  }

  /** The address of the event bus that it stands for; {@code null} when it is a host. */
  public String address() {
    return port == ON_BUS ? host.substring(BUS.length()) : null;
  }

  /**
   * What names it in its upstream: {@code host:port}, {@code [address]:port} for IPv6, or {@code
   * bus:address}.
   */
  public String id() {
    return port == ON_BUS ? host : Common.hostAndPort(host, port);
  }

  /** The same with another weight. */
  public EndpointConfig withWeight(int weight) {
    return new EndpointConfig(host, port, weight, zone, priority, backup, drain, enabled, health);
  }

  /** The same, draining or not. */
  public EndpointConfig withDrain(boolean drain) {
    return new EndpointConfig(host, port, weight, zone, priority, backup, drain, enabled, health);
  }

  /** The same, enabled or not. */
  public EndpointConfig withEnabled(boolean enabled) {
    return new EndpointConfig(host, port, weight, zone, priority, backup, drain, enabled, health);
  }

  /** The same with another word on its health. */
  public EndpointConfig withHealth(String health) {
    return new EndpointConfig(host, port, weight, zone, priority, backup, drain, enabled, health);
  }

  /** As it stands in the configuration. */
  public JsonObject toJson() {
    return RecordJson.object(this);
  }

  /** Reads one that has the upstream for itself. */
  public static EndpointConfig read(ObjectReader r) {
    return new EndpointConfig(
        r.required("host", Common.HOST),
        r.required("port", Common.PORT),
        r.optional("weight", DEFAULT_WEIGHT, Shape.integer(0, MAX_WEIGHT)),
        r.optional("zone", null, Common.NAME),
        r.optional("priority", 0, Shape.integer(0, MAX_PRIORITY)),
        r.optional("backup", false, Shape.bool()),
        r.optional("drain", false, Shape.bool()),
        r.optional("enabled", true, Shape.bool()),
        r.optional("health", AUTO, HEALTH));
  }

  /** Reads what a service says of itself, which never drains by that. */
  static EndpointConfig announced(ObjectReader r) {
    return new EndpointConfig(
        r.required("host", Common.HOST),
        r.required("port", Common.PORT),
        r.optional("weight", DEFAULT_WEIGHT, Shape.integer(0, MAX_WEIGHT)),
        r.optional("zone", null, Common.NAME),
        r.optional("priority", 0, Shape.integer(0, MAX_PRIORITY)),
        r.optional("backup", false, Shape.bool()),
        false,
        true,
        AUTO);
  }

  /**
   * @param ids the ids of other endpoints of the upstream; takes this one in
   */
  static EndpointConfig read(ObjectReader r, Set<String> ids) {
    EndpointConfig read = read(r);
    if (read.host != null && read.port != 0 && !ids.add(read.id())) {
      r.problem("port", "a host and port that no other endpoint of the upstream has");
    }
    return read;
  }
}
