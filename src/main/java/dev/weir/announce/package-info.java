/**
 * Endpoints that come and go by their own word. {@link dev.weir.announce.Ledger} keeps what
 * services have said and for how long that holds; {@link dev.weir.announce.Register} brings it into
 * the node and to the other nodes of the cluster. It is started by the control verticle.
 */
package dev.weir.announce;
