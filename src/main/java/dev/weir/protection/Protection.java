package dev.weir.protection;

import dev.weir.cluster.Mesh;
import dev.weir.node.Endpoint;
import dev.weir.node.Node;
import dev.weir.node.Snapshot;
import dev.weir.node.Upstream;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The guards of one node, kept in step with its configuration. Any thread may use it. */
public final class Protection {

  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** As often as vertx-circuit-breaker by default. */
  private static final long NOTIFICATION_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** How often what traffic sees is told. */
  private static final long OBSERVATION_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Node node;
  private final Announcer announcer;
  private final Mesh mesh;
  private final MapClaims claims;
  private final Map<String, Guard> guards = new ConcurrentHashMap<>();
  private final Hearing hearing = new Hearing();
  private final AtomicLong ticked = new AtomicLong(System.nanoTime());
  private Snapshot seen; // Guarded by this
  private long notified; // Guarded by this
  private long observed; // Guarded by this

  private Protection(Vertx vertx, Node node, Mesh mesh) {
    this.node = node;
    announcer = new Announcer(vertx, node);
    this.mesh = mesh;
    claims = new MapClaims(vertx, node.id(), mesh);
    mesh.listen(hearing);
    notified = System.nanoTime();
    observed = notified;
    refresh();
  }

  /** The protection of this node. */
  public static Protection of(Vertx vertx, Node node) {
    Mesh mesh = Mesh.of(vertx, node); // Not within the other: both are made in one map.
    return node.shared(Protection.class, () -> new Protection(vertx, node, mesh));
  }

  /** Takes the configuration in force. Guards whose part of it stays the same go on. */
  public synchronized void refresh() {
    Snapshot current = node.snapshot();
    if (current == seen) {
      return;
    }
    if (seen != null) {
      seen.changedSince(current).stream()
          .map(Upstream::name)
          .filter(name -> !current.upstreams().containsKey(name))
          .forEach(this::remove);
    }
    List<Upstream> changed = current.changedSince(seen);
    changed.forEach(this::refresh);
    seen = current;
    // Other nodes may have ejected an endpoint that is new here, or new to its detector.
    mesh.run(() -> changed.forEach(each -> hearing.changed(each.name(), null)));
  }

  private void refresh(Upstream upstream) {
    Guard known = guards.get(upstream.name());
    long now = System.nanoTime();
    if (known != null && known.fits(upstream)) {
      known.members(upstream.endpoints(), now);
    } else if (upstream.config().circuitBreaker() != null || upstream.config().outlier() != null) {
      guards.put(upstream.name(), new Guard(upstream, known, node, announcer, mesh, claims, now));
    } else {
      remove(upstream.name());
    }
  }

  private void remove(String upstream) {
    Guard gone = guards.remove(upstream);
    if (gone != null) {
      gone.close(System.nanoTime());
    }
  }

  private final class Hearing implements Mesh.Listener {

    @Override
    public void changed(String upstream, String endpoint) {
      Map<String, Upstream> upstreams = node.snapshot().upstreams();
      for (Guard guard : guards.values()) {
        Upstream its = upstreams.get(guard.upstream());
        if (its != null && (upstream == null || upstream.equals(guard.upstream()))) {
          guard.follow(endpoint, its.config().health().quorum(), System.nanoTime());
        }
      }
    }

    @Override
    public void told(JsonObject news) {
      Verdict verdict = Verdict.of(news);
      if (verdict != null) {
        guards.values().forEach(guard -> guard.heard(verdict, System.nanoTime()));
      }
    }
  }

  /**
   * This node has left the mesh and has no clients any longer: where it tries for all whether a
   * breaker may close, another node may do so now.
   */
  public Future<Void> leave() {
    return claims.leave();
  }

  /** The guard of an upstream; {@code null} when it has none. */
  public Guard guard(String upstream) {
    return guards.get(upstream);
  }

  public Collection<Guard> guards() {
    return guards.values();
  }

  /**
   * Lets time pass. Every lane calls it on its tick; the first one in a while does the work.
   *
   * @param now the time in nanoseconds
   */
  public void tick(long now) {
    long last = ticked.get();
    if (!guards.isEmpty() && now - last >= TICK_NANOS && ticked.compareAndSet(last, now)) {
      refresh();
      guards.values().forEach(guard -> guard.tick(now));
      sendNotifications(now);
      sendObservations(now);
    }
  }

  private synchronized void sendObservations(long now) {
    if (now - observed >= OBSERVATION_NANOS) {
      observed = now;
      List<Observation> seen = new ArrayList<>();
      guards.values().forEach(guard -> guard.observed(seen));
      if (!seen.isEmpty()) {
        announcer.observed(seen);
      }
    }
  }

  private synchronized void sendNotifications(long now) {
    if (now - notified >= NOTIFICATION_NANOS) {
      notified = now;
      guards.values().forEach(guard -> guard.breakers().forEach(announcer::notify));
    }
  }

  /**
   * Tells that an endpoint was found to work, by a probe: it returns if it is ejected, all that
   * traffic has counted begins anew then; otherwise only what it has counted of not reaching the
   * endpoint. Its breaker goes its own way.
   */
  public void restore(Endpoint endpoint) {
    Guard guard = guards.get(endpoint.upstream());
    if (guard != null) {
      guard.restore(endpoint, System.nanoTime());
    }
  }

  /** Adds to the state of an upstream, as operators see it, that of its breakers. */
  public JsonObject describe(String upstream, JsonObject json) {
    Guard guard = guards.get(upstream);
    List<BreakerView> views = guard == null ? List.of() : guard.breakers();
    long now = System.nanoTime();
    for (BreakerView view : views) {
      JsonObject place = view.endpoint() == null ? json : endpoint(json, view.endpoint());
      if (place != null) {
        place.put("circuitBreaker", view.toJson(now));
      }
    }
    return json;
  }

  private static JsonObject endpoint(JsonObject json, String id) {
    JsonArray endpoints = json.getJsonArray("endpoints");
    for (int i = 0; i < endpoints.size(); i++) {
      if (id.equals(endpoints.getJsonObject(i).getString("endpoint"))) {
        return endpoints.getJsonObject(i);
      }
    }
    return null;
  }
}
