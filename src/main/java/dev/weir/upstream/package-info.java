/**
 * Performs exchanges: connects, sends, streams both ways, times out, records the outcome.
 *
 * <p>Starting point: {@link dev.weir.upstream.UpstreamVerticle}. An exchange becomes an {@link
 * dev.weir.upstream.Attempt}, which takes a connection from the {@link
 * dev.weir.upstream.EndpointPool} of its endpoint and lets a {@link dev.weir.upstream.RequestPump}
 * and a {@link dev.weir.upstream.ResponsePump} carry the bytes.
 *
 * <p>An {@link dev.weir.upstream.AttemptEnd} decides what a failure comes to. What is tried again
 * goes back to the balancer: a {@link dev.weir.upstream.Retrial} stays with the exchange from one
 * attempt to the next, with the body as far as it is kept ({@link dev.weir.upstream.Replay}) and
 * the place in the {@link dev.weir.upstream.RetryBudget} of the node. A {@link
 * dev.weir.upstream.Hedge} has two attempts under way for one exchange. Waits of milliseconds stand
 * in the lane's {@link dev.weir.upstream.Wheel}, longer ones in its {@link
 * dev.weir.upstream.Sweep}.
 *
 * <p>Everything here runs on one event loop, the lane's. The streams of the client's side may call
 * back on another one; the pumps bring these calls home.
 *
 * <p>Vert.x connects and Netty's codec reads and writes; between them and the pumps stands an
 * {@link dev.weir.upstream.Http1Channel}, which tells a {@link dev.weir.upstream.ResponseListener}
 * what comes: an attempt, or a {@link dev.weir.upstream.Discard} when nobody wants the response any
 * more.
 */
package dev.weir.upstream;
