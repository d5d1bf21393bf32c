package dev.weir.loadtest;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.handlers.proxy.LoadBalancingProxyClient;
import io.undertow.server.handlers.proxy.ProxyHandler;
import java.net.URI;
import org.xnio.Options;

/**
 * Undertow's proxy as a peer of the load test: one I/O thread, connections to the service kept,
 * round robin over its endpoints. Arguments: its own port, the port of each endpoint.
 */
public final class UndertowProxy {

  private static final int CONNECTIONS = 1024;
  private static final int BACKLOG = 4096;
  private static final int NO_LIMIT = -1;

  private UndertowProxy() {}

  public static void main(String[] args) {
    LoadBalancingProxyClient client =
        new LoadBalancingProxyClient()
            .setConnectionsPerThread(CONNECTIONS)
            .setSoftMaxConnectionsPerThread(CONNECTIONS);
    for (int index = 1; index < args.length; index++) {
      client.addHost(URI.create("http://127.0.0.1:" + args[index]));
    }
    Undertow.builder()
        .addHttpListener(Integer.parseInt(args[0]), "127.0.0.1")
        .setIoThreads(1)
        .setWorkerThreads(1)
        .setSocketOption(Options.BACKLOG, BACKLOG)
        .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, (long) NO_LIMIT)
        .setHandler(ProxyHandler.builder().setProxyClient(client).build())
        .build()
        .start();
  }
}
