package dev.weir.config;

import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * How the endpoint for a request is picked.
 *
 * @param policy the algorithm, one of {@link #POLICIES}, or {@code bus:} and the address of a
 *     verticle that picks; default {@value #DEFAULT_POLICY}
 * @param hash what {@value #HASH} and {@value #IP_HASH} go by
 * @param firstMaxInFlight how many requests {@value #FIRST} gives an endpoint before it turns to
 *     the next, 1 to 1000000; default {@value #DEFAULT_FIRST_MAX_IN_FLIGHT}
 * @param busTimeoutMillis how long a verticle may take for a pick, 1 ms to 7 days; default {@value
 *     #DEFAULT_BUS_TIMEOUT_MILLIS}
 * @param fallback the policy that picks when the verticle does not; default {@value
 *     #DEFAULT_POLICY}
 * @param healthAware whether endpoints that are not healthy are left out; default true
 * @param panicPercent when fewer endpoints than this of a priority are healthy, and no other
 *     priority can help, the unhealthy ones are used as well, because then the checks are more
 *     likely to be wrong, or the few would be overrun; 0 to 100 percent, 0 never; default {@value
 *     #DEFAULT_PANIC_PERCENT}
 * @param overprovisioningPercent how much traffic the healthy endpoints of a priority can take
 *     before a part of it goes to the next one: 140 means that it keeps all of it until less than
 *     71.4 percent (100 / 140) are healthy; 100 to 1000; default {@value
 *     #DEFAULT_OVERPROVISIONING_PERCENT}
 * @param preferZone whether endpoints in the zone of the gateway come before the others of their
 *     priority; default false
 * @param slowStart how endpoints that come back get their share
 * @param affinity how clients stay at an endpoint
 * @param shadow a second policy to compare with
 * @param reportedLoad how {@value #REPORTED_LOAD} reads what services report
 */
public record BalancerConfig(
    String policy,
    HashConfig hash,
    int firstMaxInFlight,
    long busTimeoutMillis,
    String fallback,
    boolean healthAware,
    int panicPercent,
    int overprovisioningPercent,
    boolean preferZone,
    SlowStartConfig slowStart,
    AffinityConfig affinity,
    ShadowConfig shadow,
    ReportedLoadConfig reportedLoad) {

  /** Each in turn, weights ignored. */
  public static final String ROUND_ROBIN = "round-robin";

  /** As often as its weight says, evenly spread. */
  public static final String WEIGHTED_ROUND_ROBIN = "weighted-round-robin";

  /** The one with the fewest requests in flight for its weight. */
  public static final String LEAST_CONNECTIONS = "least-connections";

  /** The better one of two that are drawn by weight. */
  public static final String LEAST_REQUEST = "least-request";

  /** By chance, as often as its weight says. */
  public static final String RANDOM = "random";

  /** The same one for the same client address. */
  public static final String IP_HASH = "ip-hash";

  /** The same one for the same header, cookie, query parameter or path. */
  public static final String HASH = "hash";

  /** The one of two that answers faster and has less in flight. */
  public static final String PEAK_EWMA = "peak-ewma";

  /** The first one until it is full, then the next. */
  public static final String FIRST = "first";

  /** By weight, and the less the busier it says that it is. */
  public static final String REPORTED_LOAD = "reported-load";

  /** What a policy starts with that is the address of a verticle. */
  public static final String BUS = "bus:";

  /** Every policy there is. */
  public static final List<String> POLICIES =
      List.of(
          ROUND_ROBIN,
          WEIGHTED_ROUND_ROBIN,
          LEAST_CONNECTIONS,
          LEAST_REQUEST,
          RANDOM,
          IP_HASH,
          HASH,
          PEAK_EWMA,
          FIRST,
          REPORTED_LOAD);

  /** Each endpoint in turn. */
  public static final String DEFAULT_POLICY = ROUND_ROBIN;

  /** In requests. */
  public static final int DEFAULT_FIRST_MAX_IN_FLIGHT = 100;

  /** A twentieth of a second. */
  public static final long DEFAULT_BUS_TIMEOUT_MILLIS = 50;

  /** A half. */
  public static final int DEFAULT_PANIC_PERCENT = 50;

  /** As much as Envoy. */
  public static final int DEFAULT_OVERPROVISIONING_PERCENT = 140;

  private static final Rule ADDRESS =
      Rule.matching("bus: and an address", BUS + "[A-Za-z0-9._:@/-]{1,128}");

  /** What a policy may be. */
  public static final Shape<String> POLICY = Shape.wordOr(POLICIES, ADDRESS);

  /** The address of the verticle that picks; {@code null} when the gateway does. */
  public String address() {
    return policy.startsWith(BUS) ? policy.substring(BUS.length()) : null;
  }

  /** The algorithm that the gateway itself uses. */
  public String ownPolicy() {
    return policy.startsWith(BUS) ? fallback : policy;
  }

  /**
   * The same with some of its keys changed, deep into its objects.
   *
   * @throws ConfigException with all problems at once
   */
  public BalancerConfig with(JsonObject changes) {
    JsonObject merged = RecordJson.object(this).mergeIn(RecordJson.escaped(changes), true);
    return new Reading(new Interpolation(name -> null))
        .read(
            new JsonObject().put("balancer", merged),
            r -> r.object("balancer", BalancerConfig::read));
  }

  /** Reads one; what is absent has its default. */
  public static BalancerConfig read(ObjectReader r) {
    return new BalancerConfig(
        r.optional("policy", DEFAULT_POLICY, POLICY),
        r.object("hash", HashConfig::read),
        r.optional("firstMaxInFlight", DEFAULT_FIRST_MAX_IN_FLIGHT, Shape.integer(1, 1_000_000)),
        r.optional("busTimeoutMillis", DEFAULT_BUS_TIMEOUT_MILLIS, Common.MILLIS),
        r.optional("fallback", DEFAULT_POLICY, Shape.word(POLICIES)),
        r.optional("healthAware", true, Shape.bool()),
        r.optional("panicPercent", DEFAULT_PANIC_PERCENT, Shape.integer(0, 100)),
        r.optional(
            "overprovisioningPercent", DEFAULT_OVERPROVISIONING_PERCENT, Shape.integer(100, 1000)),
        r.optional("preferZone", false, Shape.bool()),
        r.object("slowStart", SlowStartConfig::read),
        r.object("affinity", AffinityConfig::read),
        r.object("shadow", ShadowConfig::read),
        r.object("reportedLoad", ReportedLoadConfig::read));
  }
}
