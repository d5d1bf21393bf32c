package dev.weir.health;

import dev.weir.cluster.Opinion;

/**
 * What a node does about an endpoint, whose health it may share with others. It says a word against
 * the endpoint while its own probes find that it does not work.
 *
 * @param probes whether it probes the endpoint itself. As long as nobody speaks against the
 *     endpoint, one node is enough. Once somebody does, everybody looks for himself, until nobody
 *     does any longer. So does who has taken the endpoint out for a reason of its own, or has not
 *     seen it work yet: nobody else can tell when that is over
 * @param down whether the endpoint is out: when this node's own probes say so, or when the probes
 *     of one say so and as many agree as it takes, whatever they know it from
 */
record Stance(boolean probes, boolean down) {

  /**
   * @param owner whether the node is the one that probes while nobody speaks against the endpoint
   * @param up whether it works as far as this node itself knows
   * @param ejected whether this node has ejected it, and a probe may bring it back
   * @param opinion what all nodes that share it say, this one among them
   * @param quorum how many have to agree
   */
  static Stance of(boolean owner, boolean up, boolean ejected, Opinion opinion, int quorum) {
    boolean disputed = opinion.against() > 0;
    boolean agreed = opinion.probe() != null && opinion.agreed(quorum);
    return new Stance(owner || disputed || !up || ejected, !up || agreed);
  }
}
