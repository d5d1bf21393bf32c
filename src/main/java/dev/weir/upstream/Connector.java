package dev.weir.upstream;

import dev.weir.config.EndpointConfig;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpChannelConnector;
import io.vertx.core.http.impl.HttpClientBase;
import io.vertx.core.http.impl.HttpClientConnectionInternal;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * Opens connections to one endpoint. Vert.x keeps no pool behind it: the connections belong to the
 * {@link EndpointPool} that asked for them.
 */
final class Connector extends HttpClientBase {

  private final HostAndPort authority;

  Connector(VertxInternal vertx, EndpointConfig endpoint, long connectMillis) {
    super(vertx, options(connectMillis));
    authority = HostAndPort.create(endpoint.host(), endpoint.port());
  }

  private static HttpClientOptions options(long connectMillis) {
    HttpClientOptions options = new HttpClientOptions();
    options.setConnectTimeout((int) Math.min(Integer.MAX_VALUE, connectMillis));
    options.setHttp2ClearTextUpgrade(false);
    return options;
  }

  Future<HttpClientConnectionInternal> connect(ContextInternal context, SocketAddress address) {
    HttpChannelConnector connector =
        new HttpChannelConnector(
            this,
            netClient(),
            null,
            null,
            null,
            HttpVersion.HTTP_1_1,
            false,
            false,
            authority,
            address,
            false,
            0);
    return connector.httpConnect(context);
  }

  /** Closes whatever is still open. */
  Future<Void> close() {
    return shutdown(0, TimeUnit.SECONDS);
  }
}
