/**
 * What the ingress does to the fields of a message.
 *
 * <p>The order for a request: {@link dev.weir.ingress.filter.RequestCheck} refuses what is
 * malformed or ambiguous; {@link dev.weir.ingress.filter.HopByHop} removes what ends here; {@link
 * dev.weir.ingress.filter.ForwardedHeaders}, {@link dev.weir.ingress.filter.RequestIds} and {@link
 * dev.weir.ingress.filter.Via} write what the gateway itself says; {@link
 * dev.weir.ingress.filter.HeaderEdits} and {@link dev.weir.ingress.filter.HostHeader} do what the
 * route asks. So a client can neither forge nor strip the gateway's own fields, and the route has
 * the last word. The order for a response: hop-by-hop, via, edits.
 *
 * <p>Fields are edited in place: the maps are the ones that Vert.x filled. {@link
 * dev.weir.ingress.filter.RequestCheck} and {@link dev.weir.ingress.filter.ForwardedHeaders} belong
 * to one connection, {@link dev.weir.ingress.filter.RequestIds} to one lane, edits and Host to one
 * route; the other filters have no state.
 */
package dev.weir.ingress.filter;
