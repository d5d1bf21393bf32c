package dev.weir.ingress.route;

import java.util.Map;

/** The headers and query parameters of a request in a test; counts how often it is asked. */
final class Facts implements RequestFacts {

  private final Map<String, String> headers;
  private final Map<String, String> query;
  private int asked;

  Facts(Map<String, String> headers, Map<String, String> query) {
    this.headers = headers;
    this.query = query;
  }

  static Facts none() {
    return new Facts(Map.of(), Map.of());
  }

  static Facts headers(String... namesAndValues) {
    return new Facts(pairs(namesAndValues), Map.of());
  }

  static Facts query(String... namesAndValues) {
    return new Facts(Map.of(), pairs(namesAndValues));
  }

  private static Map<String, String> pairs(String... pairs) {
    return switch (pairs.length) {
      case 0 -> Map.of();
      case 2 -> Map.of(pairs[0], pairs[1]);
      case 4 -> Map.of(pairs[0], pairs[1], pairs[2], pairs[3]);
      default -> throw new IllegalArgumentException("pairs: " + pairs.length);
    };
  }

  int asked() {
    return asked;
  }

  @Override
  public String header(String name) {
    asked++;
    return headers.get(name);
  }

  @Override
  public String query(String name) {
    asked++;
    return query.get(name);
  }

  @Override
  public String toString() {
    return "headers " + headers + " query " + query;
  }
}
