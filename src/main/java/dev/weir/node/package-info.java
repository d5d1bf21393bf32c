/**
 * The state that the verticles of one JVM share: the configuration in force, the endpoints with the
 * numbers that every lane must agree on, and who is deployed.
 *
 * <p>Starting point: {@link dev.weir.node.Node}. What changes rarely is one immutable {@link
 * dev.weir.node.Snapshot}, replaced whole; what changes with every request is an atomic of {@link
 * dev.weir.node.Endpoint}.
 */
package dev.weir.node;
