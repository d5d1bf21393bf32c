package dev.weir.config;

import java.util.Set;

/**
 * One address of an upstream.
 *
 * @param host a name or an IP address, IPv6 without brackets; required
 * @param port 1 to 65535; required
 * @param weight its share relative to the other endpoints, 0 to 1000000; 0 takes no traffic;
 *     default {@value #DEFAULT_WEIGHT}
 */
public record EndpointConfig(String host, int port, int weight) {

  /** As much as any other. */
  public static final int DEFAULT_WEIGHT = 1;

  /** The greatest weight. */
  public static final int MAX_WEIGHT = 1_000_000;

  /** What names it in its upstream: {@code host:port}, or {@code [address]:port} for IPv6. */
  public String id() {
    return Common.hostAndPort(host, port);
  }

  /** The same with another weight. */
  public EndpointConfig withWeight(int weight) {
    return new EndpointConfig(host, port, weight);
  }

  /**
   * @param ids the ids of other endpoints of the upstream; takes this one in
   */
  static EndpointConfig read(ObjectReader r, Set<String> ids) {
    EndpointConfig read =
        new EndpointConfig(
            r.required("host", Common.HOST),
            r.required("port", Common.PORT),
            r.optional("weight", DEFAULT_WEIGHT, Shape.integer(0, MAX_WEIGHT)));
    if (read.host != null && read.port != 0 && !ids.add(read.id())) {
      r.problem("port", "a host and port that no other endpoint of the upstream has");
    }
    return read;
  }
}
