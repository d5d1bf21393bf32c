/**
 * One configuration with one version for all nodes of a cluster.
 *
 * <p>Each change is an {@link dev.weir.replica.Entry} that names the one before it, so that the
 * entries make a chain. All nodes keep them in one map of the cluster, and one key of it names the
 * last: a change is made by whoever moves that key from the entry that it was made from (compare
 * and set). Then that is published, and the others read it from the map, as who has missed one does
 * later. From time to time a node puts the whole configuration there, so that old entries can go
 * and a node that joins has little to read.
 *
 * <p>Start at {@link dev.weir.replica.Replica}. Everything in it runs on one event loop, which is
 * none of a lane.
 */
package dev.weir.replica;
