package dev.weir.balancer;

import dev.weir.balancer.policy.Setting;
import dev.weir.metrics.LaneMetrics;
import dev.weir.node.Node;
import dev.weir.node.Snapshot;
import dev.weir.node.Upstream;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;

/** The views of one lane, kept up to date. */
final class Views {

  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final Node node;
  private final int lane;
  private final Setting setting;
  private final LaneMetrics metrics;
  private final Map<String, UpstreamView> views = new HashMap<>();
  private long timer = NO_TIMER;

  Views(Vertx vertx, Node node, int lane, Setting setting, LaneMetrics metrics) {
    this.lane = lane;
    this.vertx = vertx;
    this.node = node;
    this.setting = setting;
    this.metrics = metrics;
  }

  /** The view of an upstream; {@code null} when there is none of that name. */
  UpstreamView get(String upstream) {
    return views.get(upstream);
  }

  /**
   * Takes a change in.
   *
   * @param upstream the name of the only upstream whose endpoints changed, or empty when the
   *     configuration did
   */
  void changed(String upstream) {
    Snapshot snapshot = node.snapshot();
    if (upstream.isEmpty()) {
      views.keySet().retainAll(snapshot.upstreams().keySet());
      snapshot.upstreams().values().forEach(each -> refresh(each, snapshot.config().zone()));
    } else if (snapshot.upstreams().containsKey(upstream)) {
      build(snapshot.upstreams().get(upstream), snapshot.config().zone());
    }
    ramp();
  }

  private void refresh(Upstream upstream, String zone) {
    UpstreamView known = views.get(upstream.name());
    if (known == null || !known.isOf(upstream, zone)) {
      build(upstream, zone);
    }
  }

  private void build(Upstream upstream, String zone) {
    UpstreamView known = views.get(upstream.name());
    long version = node.views().current(upstream.name()); // Before it looks at endpoints.
    Plan plan = new Plan(upstream, zone, System.nanoTime());
    UpstreamView view = new UpstreamView(version, plan, known, setting, metrics);
    views.put(upstream.name(), view);
    node.views().taken(upstream.name(), lane, view.version());
  }

  /** Lets the weights of new endpoints grow, step by step, as long as there are any. */
  private void ramp() {
    if (timer == NO_TIMER) {
      views.values().stream()
          .map(UpstreamView::plan)
          .filter(Plan::ramping)
          .mapToLong(Plan::stepMillis)
          .min()
          .ifPresent(step -> timer = vertx.setTimer(step, fired -> step()));
    }
  }

  private void step() {
    timer = NO_TIMER;
    String zone = node.snapshot().config().zone();
    for (UpstreamView view : views.values().toArray(UpstreamView[]::new)) {
      if (view.plan().ramping()) {
        build(view.upstream(), zone);
      }
    }
    ramp();
  }

  /** Stops to follow changes. */
  void close() {
    vertx.cancelTimer(timer);
    node.views().gone(lane);
  }
}
