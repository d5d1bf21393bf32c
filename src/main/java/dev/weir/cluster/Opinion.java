package dev.weir.cluster;

/** What the nodes that share the health of an endpoint say of it. */
public final class Opinion {

  private final int nodes;
  private int against;
  private Word probe;
  private Word traffic;
  private boolean degraded;

  Opinion(int nodes) {
    this.nodes = nodes;
  }

  /**
   * @param own whether it is this node that says so
   * @param byProbe what it says because of its probes; {@code null} for nothing
   * @param byTraffic what it says because of its traffic; {@code null} for nothing
   */
  void add(boolean own, Word byProbe, Word byTraffic) {
    against += byProbe != null || byTraffic != null ? 1 : 0;
    probe = probe == null ? byProbe : probe;
    traffic = own || traffic != null ? traffic : byTraffic;
  }

  /** A node says that it is degraded. */
  void degrade() {
    degraded = true;
  }

  /** Whether a node says that it is degraded: those that don't probe it can't know. */
  public boolean degraded() {
    return degraded;
  }

  /** How many nodes share it. */
  public int nodes() {
    return nodes;
  }

  /** How many of them speak against it, whatever they know it from. */
  public int against() {
    return against;
  }

  /**
   * Whether they are as many as it takes.
   *
   * @param quorum how many that is; all of them are always enough
   */
  public boolean agreed(int quorum) {
    return against > 0 && against >= Math.min(quorum, nodes);
  }

  /** The word of one whose probes fail; {@code null} when nobody's do. */
  public Word probe() {
    return probe;
  }

  /** The word of one of the others that has ejected it; {@code null} when none has. */
  public Word traffic() {
    return traffic;
  }
}
