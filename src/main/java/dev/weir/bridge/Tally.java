package dev.weir.bridge;

import dev.weir.metrics.GatewayMetrics;
import java.util.concurrent.atomic.LongAdder;

/** What the bridge counts. */
final class Tally {

  private final LongAdder connections = new LongAdder();
  private final LongAdder frames = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder closed = new LongAdder();

  /** Shows the numbers of this bridge. */
  void show(GatewayMetrics metrics) {
    metrics.gauge("weir_bridge_connections", "Clients of the bridge.", connections::sum);
    metrics.counter("weir_bridge_frames_total", "Frames of clients of the bridge.", frames::sum);
    metrics.counter("weir_bridge_refused_total", "Frames that were not carried out.", refused::sum);
    metrics.counter(
        "weir_bridge_closed_total", "Clients that the bridge has closed itself.", closed::sum);
  }

  void opened() {
    connections.increment();
  }

  void gone() {
    connections.decrement();
  }

  void frame() {
    frames.increment();
  }

  void refused() {
    refused.increment();
  }

  void closed() {
    closed.increment();
  }
}
