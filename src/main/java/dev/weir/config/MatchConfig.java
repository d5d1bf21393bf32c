package dev.weir.config;

import java.util.List;
import java.util.Map;

/**
 * What a request must look like for a route. All conditions must hold; an empty one always holds.
 *
 * @param hosts the hosts, any of them: {@code example.com}, or {@code *.example.com} for every name
 *     below it; without ports; default any
 * @param path a path pattern: {@code /a} exactly; <code>/a/:id</code> with a segment captured;
 *     <code>/a/*</code> for {@code /a} and all below it; default {@value #DEFAULT_PATH}
 * @param methods the methods, any of them, in capitals; default any
 * @param headers header names and the value that each must have, {@value #PRESENT} for any value;
 *     default none
 * @param query query parameters and the value that each must have, {@value #PRESENT} for any value;
 *     default none
 */
public record MatchConfig(
    List<String> hosts,
    String path,
    List<String> methods,
    Map<String, String> headers,
    Map<String, String> query) {

  /** The value of a header or query condition that only asks for presence. */
  public static final String PRESENT = "*";

  /** Every path. */
  public static final String DEFAULT_PATH = "/*";

  private static final Shape<List<String>> HOSTS = Shapes.list(Shape.text(HostRules.PATTERN));
  private static final Shape<String> PATTERN = Shape.text(PathRules.PATTERN);
  private static final Shape<List<String>> METHODS = Shapes.list(Shape.text(HttpRules.METHOD));
  private static final Shape<Map<String, String>> HEADERS =
      Shapes.map(HttpRules.HEADER, Shape.text(HttpRules.HEADER_VALUE));
  private static final Shape<Map<String, String>> QUERY =
      Shapes.map(HttpRules.NOT_EMPTY, Shape.text(HttpRules.ANY));

  /** Keeps its own unmodifiable copies. */
  public MatchConfig {
    hosts = List.copyOf(hosts);
    methods = List.copyOf(methods);
    headers = Ordered.copyOf(headers);
    query = Ordered.copyOf(query);
  }

  static MatchConfig read(ObjectReader r) {
    return new MatchConfig(
        r.optional("hosts", List.of(), HOSTS),
        r.optional("path", DEFAULT_PATH, PATTERN),
        r.optional("methods", List.of(), METHODS),
        r.optional("headers", Map.of(), HEADERS),
        r.optional("query", Map.of(), QUERY));
  }
}
