package dev.weir.cluster;

/**
 * Another node of the cluster.
 *
 * @param id its id
 * @param version of its configuration when it said something last
 * @param silentMillis how long ago that was
 */
public record Peer(String id, long version, long silentMillis) {}
