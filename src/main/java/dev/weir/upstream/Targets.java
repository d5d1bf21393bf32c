package dev.weir.upstream;

import dev.weir.config.EndpointConfig;
import io.netty.channel.Channel;
import io.netty.util.NetUtil;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;

/**
 * Where connections to an endpoint go: its address, or those of its name, in turn. A name is looked
 * up again and again, never on the path of a request; what it stands for stays in force until there
 * is an answer that is better. Runs on one event loop.
 */
final class Targets {

  private static final Logger LOG = LoggerFactory.getLogger(Targets.class);

  private final VertxInternal vertx;
  private final Context context;
  private final EndpointConfig endpoint;
  private final long refreshNanos;
  private final boolean named;
  private List<SocketAddress> addresses;
  private long refreshAt;
  private int next;
  private boolean resolved;
  private boolean asking;

  Targets(VertxInternal vertx, Context context, EndpointConfig endpoint, long refreshNanos) {
    this.vertx = vertx;
    this.context = context;
    this.endpoint = endpoint;
    this.refreshNanos = refreshNanos;
    String host = endpoint.host();
    this.named = !NetUtil.isValidIpV4Address(host) && !NetUtil.isValidIpV6Address(host);
    // A name that was not looked up yet is looked up by whoever connects first.
    this.addresses = List.of(SocketAddress.inetSocketAddress(endpoint.port(), host));
  }

  /** Where the next connection goes. */
  SocketAddress next() {
    next = next + 1 < addresses.size() ? next + 1 : 0;
    return addresses.get(next);
  }

  /** Whether connections to an address are still wanted. */
  boolean has(SocketAddress address) {
    return !resolved || addresses.contains(address);
  }

  /** The address that a new connection leads to, as {@link #has} knows it. */
  SocketAddress reached(Channel channel) {
    if (named && channel.remoteAddress() instanceof InetSocketAddress remote) {
      return address(remote);
    }
    return addresses.get(0);
  }

  private SocketAddress address(InetSocketAddress found) {
    return SocketAddress.inetSocketAddress(endpoint.port(), found.getAddress().getHostAddress());
  }

  /** Looks the name up when it is time. */
  void refresh(long now) {
    if (named && !asking && (refreshAt == 0 || refreshAt - now <= 0)) {
      asking = true;
      refreshAt = now + refreshNanos;
      vertx
          .nameResolver()
          .resolveAll(endpoint.host(), answer -> context.runOnContext(here -> resolved(answer)));
    }
  }

  private void resolved(AsyncResult<List<InetSocketAddress>> answer) {
    asking = false;
    if (answer.failed() || answer.result().isEmpty()) {
      LOG.warn("Cannot look up " + endpoint.host() + ": " + reason(answer));
      return;
    }
    // In an order of their own, so that servers that shuffle don't look like a change.
    List<SocketAddress> found =
        answer.result().stream()
            .map(this::address)
            .distinct()
            .sorted(Comparator.comparing(SocketAddress::host))
            .toList();
    if (!found.equals(addresses)) {
      LOG.info(endpoint.host() + " is " + found);
      addresses = found;
    }
    resolved = true;
  }

  private static String reason(AsyncResult<?> answer) {
    return answer.failed() ? answer.cause().getMessage() : "it has no address";
  }
}
