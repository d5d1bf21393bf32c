package dev.weir.health;

import io.netty.util.NetUtil;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Where the name of an endpoint leads, so that the connection of a probe does not outlive that: the
 * name is looked up as often as for traffic, and what it stood for stays in force until there is
 * another answer. An address leads to itself for good. Only for one event loop.
 */
final class NameWatch {

  private final VertxInternal vertx;
  private final Context context;
  private final String host;
  private final boolean named;
  private final long refreshNanos;
  private final LongSupplier nanos;
  private List<String> addresses = List.of(); // Of a name that was not looked up yet.
  private long askedNanos;

  /**
   * @param refreshMillis how often the name is looked up
   */
  NameWatch(Vertx vertx, String host, long refreshMillis, LongSupplier nanos) {
    this.vertx = (VertxInternal) vertx;
    this.context = vertx.getOrCreateContext();
    this.host = host;
    this.named = !NetUtil.isValidIpV4Address(host) && !NetUtil.isValidIpV6Address(host);
    this.refreshNanos = TimeUnit.MILLISECONDS.toNanos(refreshMillis);
    this.nanos = nanos;
    this.askedNanos = nanos.getAsLong();
  }

  /** Whether the name leads to an address, as far as is known; looks it up when it is time. */
  boolean leadsTo(SocketAddress address) {
    if (named && nanos.getAsLong() - askedNanos >= refreshNanos) {
      askedNanos = nanos.getAsLong();
      vertx
          .nameResolver()
          .resolveAll(
              host,
              answer -> {
                if (answer.succeeded()) {
                  context.runOnContext(here -> addresses = texts(answer.result()));
                }
              });
    }
    return addresses.isEmpty() || addresses.contains(address.hostAddress());
  }

  private static List<String> texts(List<InetSocketAddress> found) {
    return found.stream().map(each -> each.getAddress().getHostAddress()).toList();
  }
}
