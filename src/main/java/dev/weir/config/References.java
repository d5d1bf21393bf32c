package dev.weir.config;

import io.vertx.core.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the parts of a configuration say of one another, whichever part was changed. */
public final class References {

  private References() {}

  /**
   * Everything that leads nowhere: routes to upstreams that are not there, fallbacks that end
   * nowhere or lead back, ids that several routes have.
   */
  public static List<Problem> problems(WeirConfig config) {
    List<Problem> problems = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (RouteConfig route : config.routes()) {
      String pointer = "/routes/" + route.id();
      if (!config.upstreams().containsKey(route.upstream())) {
        report(problems, pointer + "/upstream", route.upstream(), "the name of an upstream");
      }
      if (!ids.add(route.id())) {
        report(problems, pointer + "/id", route.id(), "an id that no other route has");
      }
    }
    fallbacks(config, problems);
    return problems;
  }

  /**
   * Refuses a configuration that has such.
   *
   * @throws ConfigException with all problems at once
   */
  public static void check(WeirConfig config) {
    refuse(problems(config));
  }

  /**
   * Refuses a configuration that has such, where an earlier one has none.
   *
   * @throws ConfigException with all problems at once
   */
  public static void check(WeirConfig before, WeirConfig after) {
    boolean sameNames = before.upstreams().keySet().equals(after.upstreams().keySet());
    if (before.routes() == after.routes() && sameNames) {
      List<Problem> problems = new ArrayList<>();
      fallbacks(after, problems);
      refuse(problems);
    } else {
      check(after);
    }
  }

  private static void refuse(List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }

  private static void fallbacks(WeirConfig config, List<Problem> problems) {
    FallbackRules.check(
        config.upstreams(),
        (path, value, expected) -> report(problems, "/" + path, value, expected));
  }

  private static void report(List<Problem> out, String pointer, String value, String expected) {
    out.add(new Problem(pointer, Json.encode(value), expected));
  }
}
