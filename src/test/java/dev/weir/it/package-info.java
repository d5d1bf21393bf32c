/**
 * Black-box tests: a started gateway between real sockets.
 *
 * <h2>Starting points</h2>
 *
 * <ul>
 *   <li>{@link dev.weir.it.GatewaySuite}: what every suite extends; starts and closes the parts.
 *   <li>{@link dev.weir.it.Gateway} and {@link dev.weir.it.GatewayConfig}: the gateway under test.
 *   <li>{@link dev.weir.it.RawClient} in front of it and {@link dev.weir.it.ScriptedUpstream}
 *       behind it: blocking sockets that read HTTP/1.1 strictly and write whatever a test wants.
 * </ul>
 *
 * <p>Nothing here sleeps: a test waits for a condition with a deadline ({@link dev.weir.it.Await}),
 * every socket read has a time limit, and every port is chosen by the system.
 */
package dev.weir.it;
