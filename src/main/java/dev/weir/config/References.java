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
      if (!config.upstreams().containsKey(route.upstream())) {
        report(problems, pointer(route, "upstream"), route.upstream(), "the name of an upstream");
      }
      if (!ids.add(route.id())) {
        report(problems, pointer(route, "id"), route.id(), "an id that no other route has");
      }
    }
    fallbacks(config, problems);
    return problems;
  }

  private static String pointer(RouteConfig route, String key) {
    return "/routes/" + route.id() + "/" + key;
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
   * Refuses a configuration that has such, where the one before the last change has none. The
   * routes that have changed were read with the names of the upstreams at hand, so it only looks at
   * all of them where an upstream is gone.
   *
   * @param change what has led to it
   * @throws ConfigException with all problems at once
   */
  public static void check(Delta change, WeirConfig after) {
    if (change.removesUpstreams()) {
      check(after);
    } else {
      List<Problem> problems = new ArrayList<>();
      fallbacks(after, problems);
      refuse(problems);
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
