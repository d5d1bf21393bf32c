package dev.weir.config;

/**
 * Keeps a client at the endpoint that it was first sent to, by a cookie that only the gateway can
 * make. When that endpoint works no more, the policy picks another one and the cookie is replaced.
 *
 * @param cookie the name of the cookie; default none, no affinity
 * @param secret what the cookie is signed with, at least 16 characters, the same on every node;
 *     required with {@code cookie}
 * @param path the paths that the cookie is for; default {@value #DEFAULT_PATH}
 * @param maxAgeSeconds how long the client keeps the cookie, up to 400 days; default 0, until it is
 *     closed
 * @param secure whether the client sends it over TLS alone; default false
 * @param drainMillis for how long a draining endpoint still gets the clients that have its cookie,
 *     0 to 7 days; default {@value #DEFAULT_DRAIN_MILLIS}
 */
public record AffinityConfig(
    String cookie,
    String secret,
    String path,
    int maxAgeSeconds,
    boolean secure,
    long drainMillis) {

  /** The whole site. */
  public static final String DEFAULT_PATH = "/";

  /** One minute. */
  public static final long DEFAULT_DRAIN_MILLIS = 60_000;

  private static final int MOST_SECONDS = 400 * 24 * 60 * 60;

  private static final Rule SECRET =
      Rule.matching("a text of at least 16 characters", "[^\\u0000]{16,}");

  /** Whether there is any. */
  public boolean enabled() {
    return cookie != null;
  }

  /** Does not tell the secret. */
  @Override
  public String toString() {
    return "AffinityConfig[cookie=" + cookie + "]";
  }

  static AffinityConfig read(ObjectReader r) {
    AffinityConfig read =
        new AffinityConfig(
            r.optional("cookie", null, Shape.text(HttpRules.HEADER)),
            r.optional("secret", null, Shape.text(SECRET)),
            r.optional("path", DEFAULT_PATH, Shape.text(PathRules.TARGET_PATH)),
            r.optional("maxAgeSeconds", 0, Shape.integer(0, MOST_SECONDS)),
            r.optional("secure", false, Shape.bool()),
            r.optional("drainMillis", DEFAULT_DRAIN_MILLIS, Common.MILLIS_OR_ZERO));
    if (read.cookie != null && read.secret == null) {
      r.problem("secret", SECRET.expected());
    }
    if (read.path != null && read.path.indexOf(';') >= 0) {
      r.problem("path", "a path without a semicolon");
    }
    return read;
  }
}
