package dev.weir.config;

import java.util.List;

/**
 * How the health of endpoints is found out.
 *
 * @param mode {@value #OFF} (every endpoint counts as healthy), {@value #ACTIVE} (probed) or
 *     {@value #HYBRID} (probed, and one success brings back an endpoint that was ejected because of
 *     what traffic observed, for which {@code outlier} has its defaults where it is absent);
 *     default {@value #HYBRID} where {@code active} is there, else {@value #OFF}
 * @param sharing whether the nodes of a cluster share what they find out: {@value #CLUSTER} (each
 *     endpoint is probed by one of them, and what is found counts for all) or {@value #OFF} (each
 *     node is on its own); without effect where Vert.x is not clustered; default {@value
 *     #DEFAULT_SHARING}
 * @param quorum how many nodes have to say that an endpoint does not work, so that it is out on
 *     all, 1 to 1000; where fewer share it, all of them; default {@value #DEFAULT_QUORUM}
 * @param active the probes; without effect while the mode is {@value #OFF}
 */
public record HealthConfig(String mode, String sharing, int quorum, ActiveHealthConfig active) {

  /** No probes. */
  public static final String OFF = "off";

  /** Probes. */
  public static final String ACTIVE = "active";

  /** Probes and what traffic observes, together. */
  public static final String HYBRID = "hybrid";

  /** Together with the other nodes of the cluster. */
  public static final String CLUSTER = "cluster";

  /** Together, where there are others. */
  public static final String DEFAULT_SHARING = CLUSTER;

  /** In nodes: what only one of them sees may be its own trouble. */
  public static final int DEFAULT_QUORUM = 2;

  /** Every mode there is. */
  public static final List<String> MODES = List.of(OFF, ACTIVE, HYBRID);

  /** Whether traffic is watched, too. */
  public boolean hybrid() {
    return HYBRID.equals(mode);
  }

  static HealthConfig read(ObjectReader r) {
    String mode = r.optional("mode", OFF, Shape.word(MODES));
    boolean probed = r.has("active") && !r.has("mode");
    return new HealthConfig(
        probed ? HYBRID : mode,
        r.optional("sharing", DEFAULT_SHARING, Shape.word(List.of(OFF, CLUSTER))),
        r.optional("quorum", DEFAULT_QUORUM, Shape.integer(1, 1000)),
        r.object("active", ActiveHealthConfig::read));
  }
}
