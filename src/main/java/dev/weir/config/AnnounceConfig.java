package dev.weir.config;

import java.util.List;

/**
 * Which services may announce themselves as endpoints of an upstream.
 *
 * @param hosts what they may call their host, at least one: addresses and ranges of them, such as
 *     {@code 10.0.0.0/8}, and names, such as {@code a.example.com} or {@code *.example.com};
 *     required. A name stands for whatever name servers say
 * @param maxEndpoints how many may be announced at a time, 1 to 10000; default {@value
 *     #DEFAULT_MAX_ENDPOINTS}
 * @param maxTtlMillis the longest that an announcement may hold, 1 s to 10 min; default {@value
 *     #DEFAULT_MAX_TTL_MILLIS}
 * @param maxPerSecond how many announcements a second one node takes, 1 to 100000; default {@value
 *     #DEFAULT_MAX_PER_SECOND}
 * @param signed whether only announcements count that are signed with a key of {@code control};
 *     default false
 */
public record AnnounceConfig(
    List<String> hosts, int maxEndpoints, long maxTtlMillis, int maxPerSecond, boolean signed) {

  /** In endpoints. */
  public static final int DEFAULT_MAX_ENDPOINTS = 100;

  /** A minute. */
  public static final long DEFAULT_MAX_TTL_MILLIS = 60_000;

  /** In messages. */
  public static final int DEFAULT_MAX_PER_SECOND = 100;

  /** How long an announcement may hold, whatever the configuration: 1 s to 10 min. */
  public static final Shape<Long> TTL = Shape.whole(1000, 600_000);

  /** Keeps its own unmodifiable copy. */
  public AnnounceConfig {
    hosts = List.copyOf(hosts);
  }

  static AnnounceConfig read(ObjectReader r) {
    return new AnnounceConfig(
        r.required("hosts", Shapes.nonEmpty(Shape.text(HostRules.ALLOWED))),
        r.optional("maxEndpoints", DEFAULT_MAX_ENDPOINTS, Shape.integer(1, 10_000)),
        r.optional("maxTtlMillis", DEFAULT_MAX_TTL_MILLIS, TTL),
        r.optional("maxPerSecond", DEFAULT_MAX_PER_SECOND, Shape.integer(1, 100_000)),
        r.optional("signed", false, Shape.bool()));
  }

  /** Whether a service may call its host so. No name is ever resolved. */
  public boolean allows(String host) {
    return hosts.stream().anyMatch(allowed -> HostRules.covers(allowed, host));
  }
}
