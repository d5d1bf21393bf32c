package dev.weir.config;

import java.util.List;

/**
 * What the policies {@value BalancerConfig#HASH} and {@value BalancerConfig#IP_HASH} go by, so that
 * equal requests reach the same endpoint.
 *
 * @param on what of the request is hashed by {@value BalancerConfig#HASH}: {@value #HEADER},
 *     {@value #COOKIE}, {@value #QUERY} or {@value #PATH}; default {@value #DEFAULT_ON}. A request
 *     without it goes to an endpoint by chance
 * @param name the name of the header, cookie or query parameter; required for these, default none
 * @param table how a hash finds its endpoint: {@value #MAGLEV} (the most even, a few more hashes
 *     move when endpoints change) or {@value #RING} (only the hashes of the endpoint that came or
 *     went move); default {@value #DEFAULT_TABLE}
 * @param maxLoadPercent how much an endpoint may have in flight, in percent of the average, before
 *     its requests go elsewhere; 100 to 10000, typically 125 to 200; default 0, no bound
 */
public record HashConfig(String on, String name, String table, int maxLoadPercent) {

  /** A header field. */
  public static final String HEADER = "header";

  /** A cookie. */
  public static final String COOKIE = "cookie";

  /** A parameter of the query. */
  public static final String QUERY = "query";

  /** The path, without the query. */
  public static final String PATH = "path";

  /** The path. */
  public static final String DEFAULT_ON = PATH;

  /** A table of 65537 places, filled by permutations. */
  public static final String MAGLEV = "maglev";

  /** A ring of at least 1024 points. */
  public static final String RING = "ring";

  /** A Maglev table. */
  public static final String DEFAULT_TABLE = MAGLEV;

  /** The most that {@code maxLoadPercent} can be. */
  public static final int MOST_LOAD_PERCENT = 10_000;

  static HashConfig read(ObjectReader r) {
    HashConfig read =
        new HashConfig(
            r.optional("on", DEFAULT_ON, Shape.word(List.of(HEADER, COOKIE, QUERY, PATH))),
            r.optional("name", null, Shape.text(HttpRules.NOT_EMPTY)),
            r.optional("table", DEFAULT_TABLE, Shape.word(List.of(MAGLEV, RING))),
            r.optional("maxLoadPercent", 0, Shape.integer(0, MOST_LOAD_PERCENT)));
    if (read.name == null && read.on != null && !read.on.equals(PATH)) {
      r.problem("name", "the name of the " + read.on);
    }
    if (read.maxLoadPercent > 0 && read.maxLoadPercent < 100) {
      r.problem("maxLoadPercent", "0, or an integer from 100 to " + MOST_LOAD_PERCENT);
    }
    return read;
  }
}
