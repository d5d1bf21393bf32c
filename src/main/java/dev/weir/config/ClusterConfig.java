package dev.weir.config;

/**
 * How the nodes of a Vert.x cluster know of one another; without effect where Vert.x is not
 * clustered. Read when the node starts.
 *
 * @param heartbeatMillis how often a node says that it lives, 10 ms to 1 minute; default {@value
 *     #DEFAULT_HEARTBEAT_MILLIS}
 * @param memberTimeoutMillis how long one is believed to live that says nothing, at least twice
 *     {@code heartbeatMillis}, up to 1 hour; default {@value #DEFAULT_MEMBER_TIMEOUT_MILLIS}
 */
public record ClusterConfig(long heartbeatMillis, long memberTimeoutMillis) {

  /** One second. */
  public static final long DEFAULT_HEARTBEAT_MILLIS = 1000;

  /** 3 seconds. */
  public static final long DEFAULT_MEMBER_TIMEOUT_MILLIS = 3000;

  static ClusterConfig read(ObjectReader r) {
    ClusterConfig read =
        new ClusterConfig(
            r.optional("heartbeatMillis", DEFAULT_HEARTBEAT_MILLIS, Shape.whole(10, 60_000)),
            r.optional(
                "memberTimeoutMillis", DEFAULT_MEMBER_TIMEOUT_MILLIS, Shape.whole(20, 3_600_000)));
    long least = 2 * read.heartbeatMillis;
    if (read.memberTimeoutMillis > 0 && read.memberTimeoutMillis < least) {
      r.problem("memberTimeoutMillis", "at least twice heartbeatMillis (" + least + ")");
    }
    return read;
  }
}
