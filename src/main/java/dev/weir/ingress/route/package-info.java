/**
 * The route table: which route takes a request, and what path its upstream sees. Built once from
 * the configuration and immutable, so every event loop may read it. Nothing here knows Vert.x, and
 * finding a route allocates nothing.
 *
 * <p>Starting points: {@link dev.weir.ingress.route.RouteTable} for the rules, {@link
 * dev.weir.ingress.route.PathNode} for the walk, {@link dev.weir.ingress.route.PathRewrite} for the
 * new path.
 */
package dev.weir.ingress.route;
