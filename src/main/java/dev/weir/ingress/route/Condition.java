package dev.weir.ingress.route;

import dev.weir.config.MatchConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * What one header or query parameter must be.
 *
 * @param value the value that it must have, or {@link MatchConfig#PRESENT} for any
 */
record Condition(Place place, String name, String value) {

  enum Place {
    HEADER,
    QUERY
  }

  static List<Condition> of(MatchConfig match) {
    List<Condition> conditions = new ArrayList<>();
    match.headers().forEach((name, v) -> conditions.add(new Condition(Place.HEADER, name, v)));
    match.query().forEach((name, v) -> conditions.add(new Condition(Place.QUERY, name, v)));
    return List.copyOf(conditions);
  }

  boolean holds(RequestFacts facts) {
    String actual = place == Place.HEADER ? facts.header(name) : facts.query(name);
    return actual != null && (value.equals(MatchConfig.PRESENT) || value.equals(actual));
  }
}
