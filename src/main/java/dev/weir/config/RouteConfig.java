package dev.weir.config;

import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which requests go to which upstream, and what changes on the way.
 *
 * @param id a name of its own, 1 to 128 letters, digits, '.', '_' or '-'; required
 * @param priority decides between routes that match equally well, the greater first, -1000000 to
 *     1000000; default {@value #DEFAULT_PRIORITY}
 * @param match what a request must look like; default every request
 * @param upstream the name of the upstream; required
 * @param stripPrefix the whole segments to take off the front of the path, a prefix of the path
 *     pattern, such as {@code /api}; excludes {@code rewrite}; default null, which keeps the path
 * @param rewrite the new path, such as <code>/v2/:id/*</code>, of what the path pattern captures;
 *     excludes {@code stripPrefix}; default null, which keeps the path
 * @param hostHeader the Host header that the endpoint sees: {@value #PRESERVE_HOST} (the client's),
 *     {@value #UPSTREAM_HOST} (the endpoint's host:port) or a literal host[:port]; default {@value
 *     #DEFAULT_HOST_HEADER}
 * @param requestHeaders what changes in the headers of the request; default nothing
 * @param responseHeaders what changes in the headers of the response; default nothing
 * @param bodies what bodies of its requests may be, for the kinds that differ from the gateway's
 * @param retry when a request is tried once more; default null, which is as its upstream says
 */
public record RouteConfig(
    String id,
    int priority,
    MatchConfig match,
    String upstream,
    String stripPrefix,
    String rewrite,
    String hostHeader,
    HeaderRules requestHeaders,
    HeaderRules responseHeaders,
    BodiesConfig bodies,
    RetryConfig retry) {

  /** The client's Host header goes through. */
  public static final String PRESERVE_HOST = "preserve";

  /** The Host header names the endpoint. */
  public static final String UPSTREAM_HOST = "upstream";

  /** In the middle. */
  public static final int DEFAULT_PRIORITY = 0;

  /** The client's. */
  public static final String DEFAULT_HOST_HEADER = PRESERVE_HOST;

  private static final Shape<Integer> PRIORITY = Shape.integer(-1_000_000, 1_000_000);
  private static final Shape<String> PREFIX = Shape.text(PathRules.PREFIX);
  private static final Shape<String> TEMPLATE = Shape.text(PathRules.PATTERN);
  private static final Shape<String> HOST_HEADER = Shape.text(HostRules.WITH_OPTIONAL_PORT);

  /** What stands in the configuration, with every default written out. */
  public JsonObject toJson() {
    return RecordJson.object(this);
  }

  /** Reads one by itself: whether its upstream is there {@link References} knows. */
  public static RouteConfig read(ObjectReader r) {
    return read(r, new HashSet<>(), null);
  }

  /**
   * @param ids the ids of other routes; takes this one in
   * @param upstreams the names of all upstreams; null where they are not known
   */
  static RouteConfig read(ObjectReader r, Set<String> ids, Set<String> upstreams) {
    RouteConfig read =
        new RouteConfig(
            r.required("id", Common.NAME),
            r.optional("priority", DEFAULT_PRIORITY, PRIORITY),
            r.object("match", MatchConfig::read),
            r.required("upstream", Common.NAME),
            r.optional("stripPrefix", null, PREFIX),
            r.optional("rewrite", null, TEMPLATE),
            r.optional("hostHeader", DEFAULT_HOST_HEADER, HOST_HEADER),
            r.object("requestHeaders", HeaderRules::read),
            r.object("responseHeaders", HeaderRules::read),
            r.object("bodies", BodiesConfig::readPart),
            r.optional("retry", null, Shapes.object(RetryConfig::read)));
    if (read.id != null && !ids.add(read.id)) {
      r.problem("id", "an id that no other route has");
    }
    if (upstreams != null) {
      r.refersTo("upstream", read.upstream, "the name of an upstream", upstreams);
    }
    if (read.match != null && read.match.path() != null) {
      read.checkPaths(r);
    }
    return read;
  }

  private void checkPaths(ObjectReader r) {
    if (stripPrefix != null && rewrite != null) {
      r.problem("rewrite", "no rewrite beside stripPrefix");
    }
    if (stripPrefix != null && !PathRules.startsWith(match.path(), stripPrefix)) {
      r.problem("stripPrefix", "the first segments of the path pattern " + match.path());
    }
    List<String> captured = PathRules.captures(match.path());
    if (rewrite != null && !captured.containsAll(PathRules.captures(rewrite))) {
      r.problem("rewrite", "only what the path pattern " + match.path() + " captures");
    }
  }
}
