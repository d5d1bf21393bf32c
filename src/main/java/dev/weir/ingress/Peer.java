package dev.weir.ingress;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;

/**
 * Who is at the other end of a connection, in the form that headers need; found out once for all of
 * its requests.
 *
 * @param address the peer's IP address as text
 * @param scheme {@code http} or {@code https}
 * @param port the port that the peer connected to
 */
record Peer(String address, String scheme, int port) {

  static Peer of(HttpConnection connection) {
    SocketAddress remote = connection.remoteAddress();
    SocketAddress local = connection.localAddress();
    String address = remote == null || remote.hostAddress() == null ? "" : text(remote);
    int port = local == null ? 0 : local.port();
    return new Peer(address, connection.isSsl() ? "https" : "http", port);
  }

  /** The JDK writes an address of IPv6 in full, the world shortens it (RFC 5952). */
  private static String text(SocketAddress remote) {
    InetAddress parsed = NetUtil.createInetAddressFromIpAddressString(remote.hostAddress());
    return parsed == null ? remote.hostAddress() : NetUtil.toAddressString(parsed);
  }
}
