/**
 * The client's side: listens, reads the head of a request, checks it, matches a route, applies the
 * route's filters, and sends the exchange on its way.
 *
 * <p>Starting points: {@link dev.weir.ingress.IngressVerticle} for what is deployed, {@link
 * dev.weir.ingress.Intake} for what happens to a request, {@link dev.weir.ingress.ClientConnection}
 * for the life of a connection.
 */
package dev.weir.ingress;
