package dev.weir.balancer;

import dev.weir.balancer.policy.Setting;
import dev.weir.bus.Addresses;
import dev.weir.bus.Role;
import dev.weir.exchange.Exchange;
import dev.weir.exchange.ExchangeReceiver;
import dev.weir.exchange.ExchangeSender;
import dev.weir.exchange.Flag;
import dev.weir.exchange.LocalReply;
import dev.weir.metrics.GatewayMetrics;
import dev.weir.node.Endpoint;
import dev.weir.node.Node;
import dev.weir.protection.Guard;
import dev.weir.protection.Protection;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.SplittableRandom;

/**
 * Owns the view of every upstream on its lane and picks the endpoint for each exchange that it
 * receives. Deployed alone it needs the gateway's configuration as its own.
 */
public final class BalancerVerticle extends VerticleBase {

  private final RequestClock clock = new RequestClock();
  private Node node;
  private Views views;
  private Protection protection;
  private RemotePicks remote;
  private ExchangeSender upstreams;
  private ExchangeReceiver receiver;
  private MessageConsumer<String> changes;

  @Override
  public Future<?> start() {
    node = Node.acquire(vertx, config());
    int lane = node.lanes().laneOf(context);
    Setting setting = new Setting(lane, new SplittableRandom(), clock);
    views = new Views(vertx, node, lane, setting, GatewayMetrics.of(node).lane(lane));
    protection = Protection.of(vertx, node);
    remote = new RemotePicks(vertx, node, lane);
    upstreams = new ExchangeSender(vertx, node.lanes(), Role.UPSTREAM, lane);
    changes = vertx.eventBus().localConsumer(Addresses.VIEW, change -> changed(change.body()));
    changed("");
    return ExchangeReceiver.start(vertx, node, Role.BALANCER, lane, this::balance)
        .onSuccess(started -> receiver = started)
        .onFailure(failure -> node.release());
  }

  @Override
  public Future<?> stop() {
    Future<Void> turn = node.managed() ? node.clientsGone() : Future.succeededFuture();
    return turn.compose(gone -> receiver.stop(vertx))
        .compose(stopped -> remote.whenIdle())
        .compose(idle -> changes.unregister())
        .onComplete(unregistered -> views.close())
        .onComplete(unregistered -> remote.close())
        .eventually(() -> node.release());
  }

  private void changed(String upstream) {
    protection.refresh();
    views.changed(upstream);
  }

  private void balance(Exchange exchange) {
    if (exchange.isCancelled()) {
      exchange.endCancelled();
      return;
    }
    clock.set(exchange);
    Guard guard = protection.guard(exchange.upstream());
    if (guard == null || guard.admit(exchange, clock.getAsLong())) {
      pick(exchange);
    } else if (exchange.isScout()) {
      exchange.end();
    } else {
      refuse(exchange, guard);
    }
  }

  private void refuse(Exchange exchange, Guard guard) {
    if (Refusals.answer(exchange, guard, clock.getAsLong())) {
      balance(exchange); // Somewhere else: fallbacks never lead back.
    }
  }

  private void pick(Exchange exchange) {
    UpstreamView view = views.get(exchange.upstream());
    if (view == null) {
      attempt(exchange, null, null);
    } else if (view.isRemote()) {
      remote.ask(exchange, view.upstream(), this::answered);
    } else {
      attempt(exchange, view, view.pick(exchange));
    }
  }

  /** A verticle has picked, or failed to. */
  private void answered(Exchange exchange, String endpoint) {
    if (exchange.isCancelled()) {
      exchange.endCancelled();
      return;
    }
    clock.set(exchange);
    UpstreamView view = views.get(exchange.upstream());
    attempt(exchange, view, view == null ? null : acceptOrPick(view, exchange, endpoint));
  }

  private static Endpoint acceptOrPick(UpstreamView view, Exchange exchange, String endpoint) {
    Endpoint accepted = endpoint == null ? null : view.accept(exchange, endpoint);
    if (accepted != null) {
      view.metrics().remotePicked();
      return accepted;
    }
    if (endpoint == null) {
      view.metrics().remoteUnanswered();
    } else {
      view.metrics().remoteUnusable();
    }
    return view.pick(exchange);
  }

  private void attempt(Exchange exchange, UpstreamView view, Endpoint picked) {
    Guard guard = protection.guard(exchange.upstream());
    Endpoint endpoint = guard == null ? picked : admitted(exchange, guard, view, picked);
    if (endpoint != null) {
      exchange.attempt(endpoint);
      upstreams.send(exchange);
    } else if (exchange.isScout()) {
      exchange.end();
    } else if (guard != null && guard.keepsOut()) {
      refuse(exchange, guard);
    } else {
      Flag failed = exchange.flag(); // What the attempt before came to.
      LocalReply.send(exchange, failed == null ? Flag.UH : failed, null);
    }
  }

  /** The endpoint, or another one when its own breaker refuses. */
  private Endpoint admitted(Exchange exchange, Guard guard, UpstreamView view, Endpoint picked) {
    Endpoint endpoint = picked;
    while (endpoint != null && !guard.admit(exchange, endpoint, clock.getAsLong())) {
      exchange.exclude(endpoint);
      endpoint = view.pick(exchange);
    }
    return endpoint;
  }
}
