package dev.weir.ingress;

import dev.weir.exchange.Exchange;
import dev.weir.exchange.InFlight;
import dev.weir.exchange.Underway;
import dev.weir.ingress.filter.RequestIds;
import dev.weir.metrics.GatewayMetrics;
import dev.weir.metrics.LaneMetrics;
import dev.weir.node.Node;
import dev.weir.node.Snapshot;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What the listeners and connections of one ingress instance share. Runs on its event loop. */
final class IngressLane implements InFlight.Lane {

  private final ContextInternal context;
  private final Node node;
  private final Vertx vertx;
  private final int number;
  private final LaneMetrics metrics;
  private final LaneRoutes routes;
  private final RequestIds ids = new RequestIds();
  private Intake intake;
  private Snapshot snapshot;
  private ClientConnection first;
  private long now = System.nanoTime();
  private long drainStart;
  private boolean draining;

  IngressLane(Vertx vertx, Context context, Node node, int number) {
    this.vertx = vertx;
    this.context = (ContextInternal) context;
    this.node = node;
    this.number = number;
    this.metrics = GatewayMetrics.of(node).lane(number);
    this.routes = new LaneRoutes(metrics);
    refresh();
  }

  /** A promise whose future calls back on this lane. */
  <T> Promise<T> promise() {
    return context.promise();
  }

  Node node() {
    return node;
  }

  LaneMetrics metrics() {
    return metrics;
  }

  int number() {
    return number;
  }

  Intake intake() {
    return intake;
  }

  /** The time of the last tick, in nanoseconds: a coarse clock that costs nothing to read. */
  long now() {
    return now;
  }

  /** Takes the configuration that is in force. */
  void refresh() {
    Snapshot current = node.snapshot();
    if (current != snapshot) {
      snapshot = current;
      routes.follow(current.config());
      intake = new Intake(vertx, node, this, ids, routes, current.config());
    }
  }

  void add(ClientConnection connection) {
    connection.next = first;
    if (first != null) {
      first.previous = connection;
    }
    first = connection;
  }

  void remove(ClientConnection connection) {
    if (connection.previous != null) {
      connection.previous.next = connection.next;
    } else {
      first = connection.next;
    }
    if (connection.next != null) {
      connection.next.previous = connection.previous;
    }
    connection.previous = null;
    connection.next = null;
  }

  void tick() {
    now = System.nanoTime();
    if (!draining()) {
      drainStart = 0; // It may have drained before, and drain again.
    }
    forEach(connection -> connection.check(now));
  }

  @Override
  public Future<InFlight.Page> oldest(Predicate<Exchange> wanted, int limit) {
    Promise<InFlight.Page> page = Promise.promise();
    context.runOnContext(
        turn -> {
          Underway underway = new Underway(wanted);
          forEach(connection -> connection.show(underway));
          page.complete(underway.page(limit, System.nanoTime()));
        });
    return page.future();
  }

  /** Closes every connection that is left at once. */
  void close() {
    forEach(ClientConnection::closeNow);
  }

  private void forEach(Consumer<ClientConnection> action) {
    ClientConnection connection = first;
    while (connection != null) {
      ClientConnection next = connection.next; // A connection may close itself, but no other.
      action.accept(connection);
      connection = next;
    }
  }

  /** From now on connections are closed after their current request, or when they stay idle. */
  void drain() {
    draining = true;
    drainStart = System.nanoTime();
  }

  boolean draining() {
    return draining || node.draining();
  }

  /** Since when this lane drains; only meaningful while it does. */
  long drainStart() {
    if (drainStart == 0) {
      drainStart = now; // The node was told to drain, without being undeployed.
    }
    return drainStart;
  }
}
