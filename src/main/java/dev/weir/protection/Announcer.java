package dev.weir.protection;

import dev.weir.bus.Addresses;
import dev.weir.node.Endpoint;
import dev.weir.node.Events;
import dev.weir.node.Node;
import dev.weir.resilience.Finding;
import dev.weir.resilience.Transition;
import io.vertx.circuitbreaker.CircuitBreakerOptions;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Tells what breakers and detectors do: as events, in the log, and to vertx-circuit-breaker's. */
final class Announcer {

  /** Where vertx-circuit-breaker tells its state, and who shows it listens. */
  static final String NOTIFICATIONS = CircuitBreakerOptions.DEFAULT_NOTIFICATION_ADDRESS;

  private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);
  private static final DeliveryOptions LOCAL = new DeliveryOptions().setLocalOnly(true);

  private final Vertx vertx;
  private final Node node;
  private final String nodeName;

  Announcer(Vertx vertx, Node node) {
    this.vertx = vertx;
    this.node = node;
    nodeName = vertx.isClustered() ? ((VertxInternal) vertx).clusterManager().getNodeId() : "local";
  }

  void changed(BreakerView view, Transition change) {
    LOG.info(view.name() + " is " + change.to() + ", was " + change.from() + ": " + change);
    JsonObject event = new JsonObject().put("upstream", view.upstream());
    if (view.endpoint() != null) {
      event.put("endpoint", view.endpoint());
    }
    event
        .put("from", change.from().name())
        .put("state", change.to().name())
        .put("cause", word(change.cause()))
        .put("sequence", change.sequence())
        .put("calls", change.calls())
        .put("failures", change.failures())
        .put("slow", change.slow())
        .put("openMillis", TimeUnit.NANOSECONDS.toMillis(change.openNanos()));
    Events.publish(vertx, node, "breaker", event);
    notify(view);
  }

  /** Tells the state of a breaker in the format of vertx-circuit-breaker, on this node. */
  void notify(BreakerView view) {
    vertx
        .eventBus()
        .publish(NOTIFICATIONS, view.toNotification(nodeName, System.nanoTime()), LOCAL);
  }

  /** Tells, on this node, what traffic has seen since the last time. */
  void observed(List<Observation> observations) {
    vertx.eventBus().publish(Addresses.OBSERVED, Observation.message(observations), LOCAL);
  }

  void found(String upstream, Finding<Endpoint> finding) {
    LOG.info("Endpoint " + finding.endpoint() + ": " + finding);
    JsonObject event =
        new JsonObject()
            .put("upstream", upstream)
            .put("endpoint", finding.endpoint().id())
            .put("outcome", word(finding.outcome()));
    if (finding.reason() != null) {
      event
          .put("cause", word(finding.reason()))
          .put("value", finding.value())
          .put("threshold", finding.threshold())
          .put("times", finding.times())
          .put("ejectedMillis", TimeUnit.NANOSECONDS.toMillis(finding.nanos()));
    }
    Events.publish(vertx, node, "ejection", event.put("ejected", finding.ejected()));
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
