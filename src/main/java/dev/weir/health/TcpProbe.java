package dev.weir.health;

import dev.weir.config.ActiveHealthConfig;
import dev.weir.config.EndpointConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;

/**
 * Connects, with TLS or without, says what it is to say, waits for what it is to hear, and closes
 * again. With nothing to say and to hear the endpoint works when it accepts.
 */
final class TcpProbe implements Probe {

  private final NetClient client;
  private final ConnectOptions target;
  private final String send;
  private final String expect;
  private NetSocket socket;

  TcpProbe(NetClient client, EndpointConfig endpoint, ActiveHealthConfig config) {
    this.client = client;
    int port = config.port() == 0 ? endpoint.port() : config.port();
    this.target =
        new ConnectOptions()
            .setRemoteAddress(SocketAddress.inetSocketAddress(port, endpoint.host()))
            .setHost(endpoint.host())
            .setPort(port)
            .setTimeout((int) config.timeoutMillis());
    ProbeTls tls = ProbeTls.of(config.tls(), endpoint);
    if (tls != null) {
      String name = tls.serverName(endpoint);
      target.setSsl(true).setSslOptions(tls.options()).setHost(name).setSniServerName(name);
    }
    this.send = config.send();
    this.expect = config.expect();
  }

  @Override
  public Future<Boolean> run() {
    return client.connect(target).compose(this::talk).map(done -> false);
  }

  private Future<Void> talk(NetSocket opened) {
    socket = opened;
    Future<Void> said = send == null ? Future.succeededFuture() : opened.write(send);
    return said.compose(done -> expect == null ? Future.succeededFuture() : hear(opened))
        .onComplete(done -> opened.close());
  }

  private Future<Void> hear(NetSocket opened) {
    Promise<Void> result = Promise.promise();
    Buffer heard = Buffer.buffer();
    opened.handler(
        data -> {
          BodyPrefix.append(heard, data);
          if (heard.toString().contains(expect)) {
            result.tryComplete();
          }
        });
    opened.exceptionHandler(result::tryFail);
    opened.closeHandler(
        closed ->
            ProbeFailure.of("an answer of " + heard.length() + " bytes", "one with " + expect)
                .onFailure(result::tryFail));
    return result.future();
  }

  @Override
  public void cancel() {
    if (socket != null) {
      socket.close();
    }
  }
}
