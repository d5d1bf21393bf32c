/**
 * Exchanges whose ingress and upstream client stand on different nodes of a Vert.x cluster.
 *
 * <p>An exchange whose next role is missing on its node comes to a {@link
 * dev.weir.remote.RemoteVerticle}, which makes a {@link dev.weir.remote.Call} of it and sends that
 * to a node that offers the upstream. There a {@link dev.weir.remote.Served} stands in for the
 * client, and the exchange goes its ordinary way.
 *
 * <p>Between two nodes go binary {@linkplain dev.weir.remote.Frame frames} on a {@linkplain
 * dev.weir.remote.Link link}: one for each pair of event loops, with many streams. The bus delivers
 * at most once and in order, so frames are numbered: a gap breaks the link, and with it every
 * stream that it carries; what is wrong in a frame of a stream breaks that stream alone. Either
 * side may send only as many bytes of a body as the other one has given {@linkplain
 * dev.weir.remote.Window credit} for, so that whoever is slow at one end slows down the other end,
 * and nothing piles up between.
 *
 * <p>Everything runs on the event loop of its verticle, but for what a {@link
 * dev.weir.exchange.Downstream} lets other roles call.
 */
package dev.weir.remote;
