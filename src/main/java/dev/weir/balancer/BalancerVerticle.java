package dev.weir.balancer;

import dev.weir.balancer.policy.Setting;
import dev.weir.bus.Addresses;
import dev.weir.bus.Role;
import dev.weir.exchange.Exchange;
import dev.weir.exchange.ExchangeReceiver;
import dev.weir.exchange.ExchangeSender;
import dev.weir.exchange.Flag;
import dev.weir.exchange.LocalReply;
import dev.weir.node.Endpoint;
import dev.weir.node.Node;
import dev.weir.node.Upstream;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Owns the view of every upstream on its lane and picks the endpoint for each exchange that it
 * receives. Deployed alone it needs the gateway's configuration as its own.
 */
public final class BalancerVerticle extends VerticleBase {

  private final Map<String, UpstreamView> views = new HashMap<>();
  private Node node;
  private int lane;
  private ExchangeSender upstreams;
  private ExchangeReceiver receiver;
  private MessageConsumer<String> changes;

  @Override
  public Future<?> start() {
    node = Node.acquire(vertx, config());
    lane = node.lanes().laneOf(context);
    upstreams = new ExchangeSender(vertx, node.lanes(), Role.UPSTREAM, lane);
    changes = vertx.eventBus().localConsumer(Addresses.VIEW, this::changed);
    rebuild();
    return ExchangeReceiver.start(vertx, node, Role.BALANCER, lane, this::balance)
        .onSuccess(started -> receiver = started)
        .onFailure(failure -> node.release());
  }

  @Override
  public Future<?> stop() {
    Future<Void> turn = node.managed() ? node.gone(Role.INGRESS) : Future.succeededFuture();
    return turn.compose(gone -> receiver.stop(vertx))
        .compose(stopped -> changes.unregister())
        .eventually(() -> node.release());
  }

  private void balance(Exchange exchange) {
    if (exchange.isCancelled()) {
      exchange.endCancelled();
      return;
    }
    UpstreamView view = views.get(exchange.upstream());
    Endpoint endpoint = view == null ? null : view.pick(exchange);
    if (endpoint != null) {
      exchange.attempt(endpoint);
      upstreams.send(exchange);
    } else if (exchange.retried()) {
      LocalReply.send(exchange, exchange.flag(), null);
    } else {
      LocalReply.send(exchange, Flag.UH, null);
    }
  }

  private void changed(Message<String> message) {
    String name = message.body();
    if (name.isEmpty()) {
      rebuild();
    } else {
      Upstream upstream = node.snapshot().upstreams().get(name);
      if (upstream != null) {
        views.put(name, new UpstreamView(upstream, setting()));
      }
    }
  }

  private Setting setting() {
    return new Setting(lane, new SplittableRandom(), System::nanoTime);
  }

  private void rebuild() {
    Map<String, Upstream> upstreams = node.snapshot().upstreams();
    views.keySet().retainAll(upstreams.keySet());
    upstreams.forEach((name, upstream) -> views.put(name, new UpstreamView(upstream, setting())));
  }
}
