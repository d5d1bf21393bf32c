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
  private int runs;

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
      target
          .setSsl(true)
          .setSslOptions(tls.options(config.timeoutMillis()))
          .setHost(name)
          .setSniServerName(name);
    }
    this.send = config.send();
    this.expect = config.expect();
  }

  @Override
  public Future<Boolean> run() {
    int run = ++runs;
    return client.connect(target).compose(opened -> connected(opened, run)).map(done -> false);
  }

  private Future<Void> connected(NetSocket opened, int run) {
    if (run != runs) {
      opened.close(); // Its run was given up in the meantime.
      return Future.failedFuture("too late");
    }
    socket = opened;
    return talk(opened);
  }

  private Future<Void> talk(NetSocket opened) {
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
    runs++;
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }

  @Override
  public void close() {
    cancel();
  }
}
