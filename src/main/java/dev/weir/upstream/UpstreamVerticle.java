package dev.weir.upstream;

import dev.weir.bus.Addresses;
import dev.weir.bus.Role;
import dev.weir.config.RetryConfig;
import dev.weir.exchange.Exchange;
import dev.weir.exchange.ExchangeReceiver;
import dev.weir.exchange.ExchangeSender;
import dev.weir.exchange.Flag;
import dev.weir.exchange.LocalReply;
import dev.weir.metrics.EndpointMetrics;
import dev.weir.metrics.GatewayMetrics;
import dev.weir.metrics.LaneMetrics;
import dev.weir.node.Endpoint;
import dev.weir.node.Node;
import dev.weir.node.Snapshot;
import dev.weir.node.Upstream;
import dev.weir.protection.Protection;
import dev.weir.transfer.TransferWatch;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.internal.ContextInternal;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Owns the connections of its lane and performs the exchanges that it receives. Deployed alone it
 * needs the gateway's configuration as its own.
 */
public final class UpstreamVerticle extends VerticleBase {

  /** How often deadlines are looked at; a timeout is noticed up to this late. */
  static final long TICK_MILLIS = 100;

  private final Map<Endpoint, EndpointPool> pools = new IdentityHashMap<>();
  private final Map<Upstream, Rules> rules = new IdentityHashMap<>();
  private final Map<RetryConfig, RetryPolicy> routePolicies = new IdentityHashMap<>();
  private Node node;
  private boolean late; // Whether a pool was opened for an endpoint that was gone.
  private Snapshot snapshot;
  private Lane lane;
  private int lanes;
  private ExchangeReceiver receiver;
  private MessageConsumer<String> changes;
  private long ticker;
  private Promise<Void> idle;

  @Override
  public Future<?> start() {
    node = Node.acquire(vertx, config());
    int number = node.lanes().laneOf(context);
    Clock clock = new Clock(System::nanoTime);
    ExchangeSender balancers = new ExchangeSender(vertx, node.lanes(), Role.BALANCER, number);
    LaneMetrics metrics = GatewayMetrics.of(node).lane(number);
    TransferWatch transfers = new TransferWatch(vertx, node, clock.now());
    Wheel wheel = new Wheel(System::nanoTime, this::turnLater);
    Sweep sweep = new Sweep(clock);
    Observers observers = new Observers(Protection.of(vertx, node));
    lane =
        new Lane(
            (ContextInternal) context,
            clock,
            balancers,
            sweep,
            transfers,
            wheel,
            observers,
            metrics);
    lanes = instances();
    ticker = vertx.setPeriodic(TICK_MILLIS, tick -> tick());
    changes = vertx.eventBus().localConsumer(Addresses.VIEW, change -> follow(change.body()));
    follow();
    return ExchangeReceiver.start(vertx, node, Role.UPSTREAM, number, this::perform)
        .onSuccess(started -> receiver = started)
        .onFailure(failure -> node.release());
  }

  /** How many lanes share what the node as a whole may have. */
  private int instances() {
    int configured = node.snapshot().config().scale().upstream();
    if (!node.managed() || configured < 0) {
      return Math.max(1, context.getInstanceCount());
    }
    return configured == 0 ? node.lanes().size() : configured;
  }

  @Override
  public Future<?> stop() {
    Future<Void> turn = node.managed() ? node.gone(Role.BALANCER) : Future.succeededFuture();
    return turn.compose(gone -> receiver.stop(vertx))
        .compose(stopped -> whenIdle())
        .compose(idle -> changes.unregister())
        .compose(gone -> closePools())
        .onComplete(closed -> vertx.cancelTimer(ticker))
        .eventually(() -> node.release());
  }

  private void perform(Exchange exchange) {
    if (exchange.isScout()) {
      exchange.report();
      return;
    }
    if (exchange.isCancelled()) {
      exchange.endCancelled();
      return;
    }
    Endpoint endpoint = exchange.endpoint();
    Upstream upstream = node.snapshot().upstreams().get(exchange.upstream());
    if (upstream == null) {
      LocalReply.send(exchange, Flag.UH, "The upstream was removed");
      return;
    }
    Rules rules = rules(upstream);
    RetryPolicy retry = exchange.retry() == null ? rules.retry() : policy(exchange.retry());
    if (endpoint.address() == null) {
      new Attempt(lane, exchange, pool(upstream, endpoint), rules, retry).start();
    } else if (rules.onBus() != null) {
      new BusAttempt(lane, exchange, rules, retry).start();
    } else {
      LocalReply.send(exchange, Flag.UH, "The upstream is not on the bus any longer");
    }
  }

  private EndpointPool pool(Upstream upstream, Endpoint endpoint) {
    EndpointPool pool = pools.get(endpoint);
    if (pool == null) {
      late |= isGone(endpoint);
      pool = open(endpoint, PoolRules.of(upstream.config(), lanes));
    }
    return pool;
  }

  private EndpointPool open(Endpoint endpoint, PoolRules rules) {
    EndpointPool pool = new EndpointPool(lane, endpoint, rules);
    pools.put(endpoint, pool);
    pool.look();
    return pool;
  }

  private Rules rules(Upstream upstream) {
    Rules known = rules.get(upstream);
    if (known == null) {
      known =
          new Rules(
              upstream,
              new Timeouts(upstream.config().timeouts()),
              RetryPolicy.of(upstream.config().retry()),
              RetryBudgets.of(node).get(upstream),
              new Limits(upstream.config(), lane.metrics().limits(upstream.name())),
              new FirstBytes(),
              endpoint -> pool(upstream, endpoint),
              lane.metrics().retries(upstream.name()),
              onBus(upstream));
      rules.put(upstream, known);
    }
    return known;
  }

  private EndpointMetrics onBus(Upstream upstream) {
    String name = upstream.name();
    boolean is = upstream.config().bus() != null;
    return is ? lane.metrics().endpoint(name, upstream.endpoints().get(0).id()) : null;
  }

  /** The policy of a route; {@code null} when it wants none. */
  private RetryPolicy policy(RetryConfig config) {
    RetryPolicy known = routePolicies.get(config);
    if (known == null && !routePolicies.containsKey(config)) {
      known = RetryPolicy.of(config);
      routePolicies.put(config, known);
    }
    return known;
  }

  private void turnLater() {
    lane.context().setTimer(Wheel.STEP_MILLIS, step -> lane.wheel().turn());
  }

  /** Follows the configuration. */
  private void follow() {
    Snapshot before = snapshot;
    snapshot = node.snapshot();
    if (before == snapshot) {
      return;
    }
    routePolicies.clear();
    List<Upstream> come = snapshot.changedSince(before);
    Set<String> touched = new HashSet<>();
    come.forEach(upstream -> touched.add(upstream.name()));
    if (before != null) {
      before.changedSince(snapshot).forEach(upstream -> leave(upstream, touched));
    }
    Map<String, Upstream> upstreams = snapshot.upstreams();
    rules.keySet().removeIf(each -> touched.contains(each.name()) && !is(upstreams, each));
    lane.observers().refresh(touched);
    come.forEach(this::follow);
    retire(touched, come);
  }

  private static boolean is(Map<String, Upstream> upstreams, Upstream upstream) {
    return upstreams.get(upstream.name()) == upstream;
  }

  /** Closes the pools of endpoints that upstreams of those names have had, and have no longer. */
  private void retire(Set<String> touched, List<Upstream> come) {
    Set<Endpoint> stay = Collections.newSetFromMap(new IdentityHashMap<>());
    come.forEach(upstream -> stay.addAll(upstream.endpoints()));
    pools
        .entrySet()
        .removeIf(
            pool ->
                touched.contains(pool.getKey().upstream())
                    && !stay.contains(pool.getKey())
                    && retire(pool.getValue()));
  }

  /** An upstream is not what it was. */
  private void leave(Upstream upstream, Set<String> touched) {
    touched.add(upstream.name());
    if (!snapshot.upstreams().containsKey(upstream.name())) {
      RetryBudgets.of(node).forget(upstream);
    }
  }

  /** Retires what was opened for endpoints that were gone by then, as a balancer's pick may be. */
  private void retireLate() {
    late = false;
    Set<String> touched = new HashSet<>();
    pools.keySet().removeIf(endpoint -> isGone(endpoint) && retire(endpoint, touched));
    lane.observers().refresh(touched);
  }

  private boolean isGone(Endpoint endpoint) {
    Upstream upstream = node.snapshot().upstreams().get(endpoint.upstream());
    return upstream == null || upstream.endpoint(endpoint.id()) != endpoint;
  }

  private boolean retire(Endpoint endpoint, Set<String> touched) {
    touched.add(endpoint.upstream());
    return retire(pools.get(endpoint));
  }

  private static boolean retire(EndpointPool pool) {
    pool.retire();
    return true;
  }

  /** Follows the health of one upstream's endpoints, or the whole configuration. */
  private void follow(String name) {
    Upstream upstream = node.snapshot().upstreams().get(name);
    if (upstream == null) {
      follow();
    } else {
      follow(upstream);
    }
  }

  private void follow(Upstream upstream) {
    PoolRules rules = PoolRules.of(upstream.config(), lanes);
    upstream.endpoints().forEach(endpoint -> follow(endpoint, rules));
  }

  private void follow(Endpoint endpoint, PoolRules rules) {
    EndpointPool pool = pools.get(endpoint);
    if (pool == null) {
      if (rules.minOpen() > 0 && endpoint.address() == null) {
        open(endpoint, rules);
      }
    } else if (pool.rules().equals(rules)) {
      pool.look();
    } else {
      retire(pool);
      open(endpoint, rules);
    }
  }

  private void tick() {
    lane.clock().tick();
    lane.transfers().tick(lane.clock().now());
    lane.sweep().run();
    lane.observers().tick(lane.clock().now());
    if (late) {
      retireLate();
    }
    pools.values().forEach(EndpointPool::sweep);
    if (idle != null && isIdle()) {
      idle.tryComplete();
    }
  }

  private boolean isIdle() {
    return lane.sweep().size() == 0 && lane.wheel().size() == 0;
  }

  private Future<Void> whenIdle() {
    idle = Promise.promise();
    if (isIdle()) {
      idle.complete();
    }
    return idle.future();
  }

  private Future<Void> closePools() {
    return Future.join(pools.values().stream().map(EndpointPool::close).toList()).mapEmpty();
  }
}
