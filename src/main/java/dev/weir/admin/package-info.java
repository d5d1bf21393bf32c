/**
 * The HTTP side for operators: how the node is, and its numbers. It only shows; whoever wants to
 * change something sends a message to {@code dev.weir.control}.
 *
 * <p>Starting point: {@link dev.weir.admin.AdminVerticle}.
 */
package dev.weir.admin;
