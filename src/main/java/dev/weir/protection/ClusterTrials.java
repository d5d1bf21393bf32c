package dev.weir.protection;

import dev.weir.cluster.Mesh;
import dev.weir.cluster.Rendezvous;
import dev.weir.config.CircuitBreakerConfig;
import dev.weir.node.Upstream;
import dev.weir.resilience.CircuitBreaker;
import dev.weir.resilience.State;
import dev.weir.resilience.Transition;
import dev.weir.resilience.Turn;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The breakers of one upstream where one node of the cluster tries for all whether they may close:
 * the one that has the claim. It tells the others what came out. Any thread may use it.
 */
final class ClusterTrials {

  private record Shared(CircuitBreaker breaker, ClusterTurn turn) {}

  private final CircuitBreakerConfig config;
  private final Claims claims;
  private final Mesh mesh;
  private final String name;
  private final Map<String, Shared> breakers = new ConcurrentHashMap<>();

  ClusterTrials(Upstream upstream, Claims claims, Mesh mesh) {
    config = upstream.config().circuitBreaker();
    this.claims = claims;
    this.mesh = mesh;
    name = needed() ? name(upstream) : upstream.name();
  }

  private boolean needed() {
    return config != null && config.oneTrial() && mesh.clustered();
  }

  /**
   * The same on all nodes that have a breaker of these settings before an upstream of this name.
   */
  private static String name(Upstream upstream) {
    String settings = upstream.config().toJson().getJsonObject("circuitBreaker").encode();
    return upstream.name() + "@" + Long.toHexString(Rendezvous.hash(settings));
  }

  private String key(String endpoint) {
    return endpoint == null ? name : name + "/" + endpoint;
  }

  /**
   * Makes a breaker that takes its turns.
   *
   * @param endpoint what it stands before; {@code null} for the upstream
   */
  CircuitBreaker make(String endpoint, Function<Turn, CircuitBreaker> make) {
    if (!needed()) {
      return make.apply(Turn.ALWAYS);
    }
    ClusterTurn turn =
        new ClusterTurn(claims, key(endpoint), config.trialMillis(), System::nanoTime);
    CircuitBreaker breaker = make.apply(turn);
    turn.of(breaker);
    breakers.put(key(endpoint), new Shared(breaker, turn));
    return breaker;
  }

  /** A breaker has changed; if that ended a trial, the others hear of it and may try again. */
  void changed(String endpoint, Transition change, long now) {
    Shared shared = breakers.get(key(endpoint));
    if (shared != null && change.from() == State.HALF_OPEN) {
      Verdict verdict = Verdict.of(key(endpoint), change);
      if (verdict != null) {
        mesh.tell(verdict.toJson());
      }
      shared.turn().end(now);
    }
  }

  /** Another node has tried. */
  void heard(Verdict verdict, long now) {
    Shared shared = breakers.get(verdict.key());
    if (shared != null) {
      shared.breaker().follow(verdict.closes(), verdict.openNanos(), now);
    }
  }

  /** An endpoint is gone. */
  void forget(String endpoint, long now) {
    Shared gone = breakers.remove(key(endpoint));
    if (gone != null) {
      gone.turn().end(now);
    }
  }
}
