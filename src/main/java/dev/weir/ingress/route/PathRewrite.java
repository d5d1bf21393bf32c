package dev.weir.ingress.route;

import dev.weir.config.RouteConfig;

/** Makes the path that the upstream sees, without the query. */
@FunctionalInterface
public interface PathRewrite {

  /** Keeps the path. */
  PathRewrite NONE = path -> path;

  /**
   * The new path.
   *
   * @param path a path that the route takes
   * @return starts with a slash if the path does; what does not, such as the {@code *} of an
   *     OPTIONS request, stays as it is
   */
  String apply(String path);

  /**
   * Compiles what a route does to the path. It keeps the path, takes {@code stripPrefix} off, or
   * fills the template {@code rewrite}: {@code :id} stands for the segment that the route's pattern
   * captures, the asterisk for the rest behind the pattern's prefix, with its slashes. So the
   * template <code>/v2/*</code> for the pattern <code>/v1/*</code> turns {@code /v1} into {@code
   * /v2} and {@code /v1/} into {@code /v2/}. Where nothing would be left, the new path is {@code
   * /}.
   *
   * @throws IllegalArgumentException if the template uses what the pattern does not capture
   */
  static PathRewrite of(RouteConfig route) {
    if (route.stripPrefix() != null) {
      return strip(route.stripPrefix().length());
    }
    return route.rewrite() == null
        ? NONE
        : TemplateRewrite.of(route.match().path(), route.rewrite());
  }

  private static PathRewrite strip(int length) {
    return path -> path.length() > length ? path.substring(length) : "/";
  }
}
