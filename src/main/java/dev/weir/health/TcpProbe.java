package dev.weir.health;

import io.vertx.core.Future;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;

/** Connects and closes again: the endpoint works when it accepts. No byte is sent. */
final class TcpProbe implements Probe {

  private final NetClient client;
  private final ConnectOptions target;

  TcpProbe(NetClient client, String host, int port, int timeoutMillis) {
    this.client = client;
    this.target = new ConnectOptions().setHost(host).setPort(port).setTimeout(timeoutMillis);
  }

  @Override
  public Future<Void> run() {
    return client.connect(target).onSuccess(NetSocket::close).mapEmpty();
  }
}
