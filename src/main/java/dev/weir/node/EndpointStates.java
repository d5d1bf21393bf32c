package dev.weir.node;

import dev.weir.bus.Addresses;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import java.util.function.ToIntFunction;

/**
 * Changes what is known of the endpoints of a node beside their configuration, and tells every
 * lane. Any thread may use it.
 */
public final class EndpointStates {

  private static final DeliveryOptions LOCAL = new DeliveryOptions().setLocalOnly(true);

  private final Vertx vertx;
  private final ViewVersions views;

  EndpointStates(Vertx vertx, ViewVersions views) {
    this.vertx = vertx;
    this.views = views;
  }

  /** Sets the health of an endpoint. Returns whether it changed. */
  public boolean health(Endpoint endpoint, boolean up) {
    boolean changed = endpoint.health(up, System.nanoTime());
    if (changed) {
      changed(endpoint.upstream());
    }
    return changed;
  }

  /** Sets whether the health of an endpoint is what probes have found. */
  public void prove(Endpoint endpoint, boolean proven) {
    endpoint.prove(proven);
  }

  /** Sets whether an endpoint is degraded. Returns whether it changed. */
  public boolean degrade(Endpoint endpoint, boolean degraded) {
    boolean changed = endpoint.degrade(degraded);
    if (changed) {
      changed(endpoint.upstream());
    }
    return changed;
  }

  /** Ejects an endpoint, or lets it return. */
  public void eject(Endpoint endpoint, boolean out) {
    if (endpoint.eject(out, System.nanoTime())) {
      changed(endpoint.upstream());
    }
  }

  /**
   * Sets what the endpoints of an upstream get of their weights by what they report.
   *
   * @param percent 10 to 1000
   */
  public void reported(Upstream upstream, ToIntFunction<Endpoint> percent) {
    boolean changed = false;
    for (Endpoint endpoint : upstream.endpoints()) {
      changed |= endpoint.reported(percent.applyAsInt(endpoint));
    }
    if (changed) {
      changed(upstream.name());
    }
  }

  private void changed(String upstream) {
    views.changed(upstream);
    tell(vertx, upstream);
  }

  /**
   * Tells every lane of a change.
   *
   * @param upstream the name of the only one that it is about; empty for the configuration
   */
  static void tell(Vertx vertx, String upstream) {
    vertx.eventBus().publish(Addresses.VIEW, upstream, LOCAL);
  }
}
