package dev.weir.config;

import java.util.Set;

/** What several records share. */
final class Common {
  /** Any port to connect to. */
  static final Shape<Integer> PORT = Shape.integer(1, 0xffff);

  /** Any port to listen on; 0 takes a free one. */
  static final Shape<Integer> LISTEN_PORT = Shape.integer(0, 0xffff);

  /** Seven days: longer than anything should wait, and an int everywhere. */
  private static final long MAX_MILLIS = 7L * 24 * 60 * 60 * 1000;

  /** A duration. */
  static final Shape<Long> MILLIS = Shape.whole(1, MAX_MILLIS);

  /** A duration, or none. */
  static final Shape<Long> MILLIS_OR_ZERO = Shape.whole(0, MAX_MILLIS);

  /** A size up to 1 PiB, or no bound. */
  static final Shape<Long> BYTES_OR_ZERO = Shape.whole(0, 1L << 50);

  /** Bytes a second up to 1 GiB, or no bound. */
  static final Shape<Long> RATE = Shape.whole(0, 1L << 30);

  static final Shape<String> HOST = Shape.text(HostRules.HOST);

  static final Shape<String> NAME = Shape.text(HttpRules.NAME);

  private Common() {}

  /** {@code host:port}, with brackets around an IPv6 address. */
  static String hostAndPort(String host, int port) {
    return (host != null && host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }

  /** Reports a second listener on one host and port. */
  static void checkSocket(ObjectReader r, String host, int port, Set<String> sockets) {
    if (host != null && port != 0 && !sockets.add(hostAndPort(host, port))) {
      r.problem("port", "a port that no other listener on " + host + " has");
    }
  }
}
