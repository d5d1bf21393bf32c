/**
 * Performs exchanges: connects, sends, streams both ways, times out, records the outcome.
 *
 * <p>Starting point: {@link dev.weir.upstream.UpstreamVerticle}. An exchange becomes an {@link
 * dev.weir.upstream.Attempt}, which takes a connection from the {@link
 * dev.weir.upstream.EndpointPool} of its endpoint and lets a {@link dev.weir.upstream.RequestPump}
 * and a {@link dev.weir.upstream.ResponsePump} carry the bytes.
 *
 * <p>What failed goes back to the balancer: a {@link dev.weir.upstream.Retrial} stays with the
 * exchange from one attempt to the next, with the body as far as it is kept ({@link
 * dev.weir.upstream.Replay}) and the place in the {@link dev.weir.upstream.RetryBudget} of the
 * node. A {@link dev.weir.upstream.Hedge} has two attempts under way for one exchange. Waits of
 * milliseconds stand in the lane's {@link dev.weir.upstream.Wheel}, longer ones in its {@link
 * dev.weir.upstream.Sweep}.
 *
 * <p>Everything here runs on one event loop, the lane's. The streams of the client's side may call
 * back on another one; the pumps bring these calls home.
 *
 * <p>The streams of the upstream's side are {@link io.vertx.core.http.impl.HttpClientStream}, a
 * level below the public client: it saves a request object, a response object and four futures for
 * each exchange, and is the same for every version of HTTP.
 */
package dev.weir.upstream;
