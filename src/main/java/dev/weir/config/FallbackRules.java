package dev.weir.config;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Fallbacks lead to an upstream, and end somewhere. */
final class FallbackRules {

  /** Hears of what is wrong. */
  @FunctionalInterface
  interface Reporter {

    /**
     * @param path where it is, without a slash at the start
     */
    void report(String path, String value, String expected);
  }

  private FallbackRules() {}

  static void check(Map<String, UpstreamConfig> upstreams, Reporter r) {
    for (String name : upstreams.keySet()) {
      String fallback = fallback(upstreams.get(name));
      if (fallback == null) {
        continue;
      }
      if (!upstreams.containsKey(fallback)) {
        report(r, name, fallback, "the name of an upstream");
      } else if (returns(name, upstreams)) {
        report(r, name, fallback, "an upstream whose own fallbacks do not lead back here");
      }
    }
  }

  private static String fallback(UpstreamConfig upstream) {
    CircuitBreakerConfig breaker = upstream == null ? null : upstream.circuitBreaker();
    return breaker == null || breaker.fallback() == null ? null : breaker.fallback().upstream();
  }

  private static boolean returns(String start, Map<String, UpstreamConfig> upstreams) {
    Set<String> seen = new HashSet<>();
    String at = start;
    while (at != null && seen.add(at)) {
      at = fallback(upstreams.get(at));
    }
    return start.equals(at);
  }

  private static void report(Reporter r, String name, String value, String expected) {
    r.report("upstreams/" + name + "/circuitBreaker/fallback/upstream", value, expected);
  }
}
