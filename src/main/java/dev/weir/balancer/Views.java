package dev.weir.balancer;

import dev.weir.balancer.policy.Setting;
import dev.weir.metrics.LaneMetrics;
import dev.weir.node.Node;
import dev.weir.node.Snapshot;
import dev.weir.node.Upstream;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The views of one lane, kept up to date. */
final class Views {

  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final Node node;
  private final int lane;
  private final Setting setting;
  private final LaneMetrics metrics;
  private final Map<String, UpstreamView> views = new HashMap<>();
  private final Set<String> ramping = new HashSet<>(); // Those with new endpoints.
  private Snapshot seen;
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
      follow(snapshot);
    } else if (snapshot.upstreams().containsKey(upstream)) {
      build(snapshot.upstreams().get(upstream));
    }
    ramp();
  }

  private void follow(Snapshot snapshot) {
    if (seen != null) {
      seen.changedSince(snapshot).stream()
          .map(Upstream::name)
          .filter(name -> !snapshot.upstreams().containsKey(name))
          .forEach(this::remove);
    }
    snapshot.changedSince(seen).forEach(this::build);
    seen = snapshot;
  }

  private void remove(String upstream) {
    views.remove(upstream);
    ramping.remove(upstream);
  }

  private void build(Upstream upstream) {
    UpstreamView known = views.get(upstream.name());
    long version = node.views().current(upstream.name()); // Before it looks at endpoints.
    Plan plan = new Plan(upstream, node.snapshot().config().zone(), System.nanoTime());
    UpstreamView view = new UpstreamView(version, plan, known, setting, metrics);
    views.put(upstream.name(), view);
    if (plan.ramping()) {
      ramping.add(upstream.name());
    } else {
      ramping.remove(upstream.name());
    }
    node.views().taken(upstream.name(), lane, view.version());
  }

  /** Lets the weights of new endpoints grow, step by step, as long as there are any. */
  private void ramp() {
    if (timer == NO_TIMER) {
      ramping.stream()
          .mapToLong(upstream -> views.get(upstream).plan().stepMillis())
          .min()
          .ifPresent(step -> timer = vertx.setTimer(step, fired -> step()));
    }
  }

  private void step() {
    timer = NO_TIMER;
    for (String upstream : ramping.toArray(String[]::new)) {
      build(views.get(upstream).upstream());
    }
    ramp();
  }

  /** Stops to follow changes. */
  void close() {
    vertx.cancelTimer(timer);
    node.views().gone(lane);
  }
}
