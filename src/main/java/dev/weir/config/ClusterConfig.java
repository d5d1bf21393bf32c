package dev.weir.config;

import java.util.List;

/**
 * How the nodes of a Vert.x cluster know of one another; without effect where Vert.x is not
 * clustered. Read when the node starts.
 *
 * @param heartbeatMillis how often a node says that it lives, 10 ms to 1 minute; default {@value
 *     #DEFAULT_HEARTBEAT_MILLIS}
 * @param memberTimeoutMillis how long one is believed to live that says nothing, at least twice
 *     {@code heartbeatMillis}, up to 1 hour; default {@value #DEFAULT_MEMBER_TIMEOUT_MILLIS}
 * @param configuration whose configuration counts: {@value #SHARED} (that of the nodes that are
 *     there, or this one's where it is the first), {@value #SEED} (this one's, for all) or {@value
 *     #OWN} (this one's, for this one); default {@value #SHARED}
 * @param minNodes how many members the cluster must have for the shared configuration to be
 *     changed, 1 to 1000; default {@value #DEFAULT_MIN_NODES}
 */
public record ClusterConfig(
    long heartbeatMillis, long memberTimeoutMillis, String configuration, int minNodes) {

  /** The nodes of a cluster have one configuration. */
  public static final String SHARED = "shared";

  /** They have one, and it becomes that of the node that starts. */
  public static final String SEED = "seed";

  /** The node has its own. */
  public static final String OWN = "own";

  /** A node that is left alone can be operated. */
  public static final int DEFAULT_MIN_NODES = 1;

  /** One second. */
  public static final long DEFAULT_HEARTBEAT_MILLIS = 1000;

  /** 3 seconds. */
  public static final long DEFAULT_MEMBER_TIMEOUT_MILLIS = 3000;

  private static final Shape<String> CONFIGURATION = Shape.word(List.of(SHARED, SEED, OWN));

  static ClusterConfig read(ObjectReader r) {
    ClusterConfig read =
        new ClusterConfig(
            r.optional("heartbeatMillis", DEFAULT_HEARTBEAT_MILLIS, Shape.whole(10, 60_000)),
            r.optional(
                "memberTimeoutMillis", DEFAULT_MEMBER_TIMEOUT_MILLIS, Shape.whole(20, 3_600_000)),
            r.optional("configuration", SHARED, CONFIGURATION),
            r.optional("minNodes", DEFAULT_MIN_NODES, Shape.integer(1, 1000)));
    long least = 2 * read.heartbeatMillis;
    if (read.memberTimeoutMillis > 0 && read.memberTimeoutMillis < least) {
      r.problem("memberTimeoutMillis", "at least twice heartbeatMillis (" + least + ")");
    }
    return read;
  }

  /** Whether the nodes have one configuration. */
  public boolean shares() {
    return !configuration.equals(OWN);
  }

  /** Whether that of this node becomes the one of all when it starts. */
  public boolean seeds() {
    return configuration.equals(SEED);
  }
}
