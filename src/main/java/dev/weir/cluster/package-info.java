/**
 * What the nodes of Weir in one Vert.x cluster know of one another: who lives, and what each says.
 *
 * <p>Starting point: {@link dev.weir.cluster.Mesh}, which runs on the event loop of the health
 * verticle, over a {@link dev.weir.cluster.Wire}. {@link dev.weir.cluster.Members} knows who lives,
 * {@link dev.weir.cluster.Board} what each says. {@link dev.weir.cluster.Rendezvous} shares out
 * what one of them has to do.
 *
 * <p>Where Vert.x is not clustered nothing is sent and nothing runs.
 */
package dev.weir.cluster;
