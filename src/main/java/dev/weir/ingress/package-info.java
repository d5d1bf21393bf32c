/**
 * The client's side: listens, reads the head of a request, checks it, matches a route, applies the
 * route's filters, and sends the exchange on its way.
 *
 * <p>Starting points: {@link dev.weir.ingress.IngressVerticle} for what is deployed, {@link
 * dev.weir.ingress.Intake} for what happens to a request, {@link dev.weir.ingress.ClientConnection}
 * for the life of a connection.
 *
 * <p>Vert.x accepts and Netty's codec reads and writes; behind them stands a {@link
 * dev.weir.ingress.ClientChannel}, with an {@link dev.weir.ingress.IncomingRequest} and an {@link
 * dev.weir.ingress.OutgoingResponse} for each exchange. The other roles see them as {@link
 * dev.weir.exchange.ClientRequest} and {@link dev.weir.exchange.ClientResponse}, so that a client
 * on another node looks the same to them.
 */
package dev.weir.ingress;
