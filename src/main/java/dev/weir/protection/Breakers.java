package dev.weir.protection;

import dev.weir.cluster.Mesh;
import dev.weir.config.CircuitBreakerConfig;
import dev.weir.node.Upstream;
import dev.weir.resilience.CircuitBreaker;
import dev.weir.resilience.State;
import dev.weir.resilience.Transition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * The circuit breakers of one upstream, all of the same settings: its own, and those of its
 * endpoints. Any thread may use it.
 */
final class Breakers {

  private final String upstream;
  private final CircuitBreakerConfig config;
  private final Announcer announcer;
  private final ClusterTrials trials;
  private final CircuitBreaker whole;

  Breakers(Upstream upstream, Announcer announcer, Mesh mesh, Claims claims, long now) {
    this.upstream = upstream.name();
    this.announcer = announcer;
    config = upstream.config().circuitBreaker();
    trials = new ClusterTrials(upstream, claims, mesh);
    whole = config.forUpstream() ? make(null, now) : null;
  }

  private static double chance() {
    return ThreadLocalRandom.current().nextDouble();
  }

  private CircuitBreaker make(Seat seat, long now) {
    return trials.make(
        id(seat),
        turn ->
            new CircuitBreaker(
                config, Breakers::chance, change -> changed(seat, change), turn, now));
  }

  private static String id(Seat seat) {
    return seat == null ? null : seat.endpoint().id();
  }

  CircuitBreakerConfig config() {
    return config;
  }

  /** That of the upstream; {@code null} when it has none. */
  CircuitBreaker whole() {
    return whole;
  }

  /** An endpoint has come: it gets its own where that is wanted. */
  void come(Seat seat, long now) {
    if (config.forEndpoints()) {
      seat.breaker(make(seat, now));
    }
  }

  /** An endpoint is gone, or its breaker is. */
  void leave(Seat seat, long now) {
    trials.forget(id(seat), now);
    if (seat.breaker() != null) {
      seat.breaker().retire(now);
      seat.breaker(null);
    }
  }

  /** Ends them all: who has leave by now tells nobody any longer how it went. */
  void close(Collection<Seat> seats, long now) {
    seats.forEach(seat -> leave(seat, now));
    trials.forget(null, now);
    if (whole != null) {
      whole.retire(now);
    }
  }

  void poll(Collection<Seat> seats, long now) {
    if (whole != null) {
      whole.poll(now);
    }
    for (Seat seat : seats) {
      CircuitBreaker its = seat.breaker();
      if (its != null) {
        its.poll(now);
      }
    }
  }

  /** Another node has tried whether one may close. */
  void heard(Verdict verdict, long now) {
    trials.heard(verdict, now);
  }

  private void changed(Seat seat, Transition change) {
    if (seat != null) {
      seat.changed();
    }
    CircuitBreaker its = seat == null ? whole : seat.breaker();
    if (its != null) {
      announcer.changed(new BreakerView(upstream, id(seat), its, config), change);
      trials.changed(id(seat), change, System.nanoTime());
    }
  }

  /** All of them, that of the upstream first. */
  List<BreakerView> views(Collection<Seat> seats) {
    List<BreakerView> views = new ArrayList<>();
    if (whole != null) {
      views.add(new BreakerView(upstream, null, whole, config));
    }
    for (Seat seat : seats) {
      CircuitBreaker its = seat.breaker();
      if (its != null) {
        views.add(new BreakerView(upstream, id(seat), its, config));
      }
    }
    return views;
  }

  /** Whether that of an endpoint refuses calls, or may do so. */
  static boolean anyRefuses(Collection<Seat> seats) {
    return seats.stream().anyMatch(seat -> refuses(seat.breaker()));
  }

  private static boolean refuses(CircuitBreaker breaker) {
    State state = breaker == null ? State.CLOSED : breaker.state();
    return state == State.OPEN || state == State.FORCED_OPEN || state == State.HALF_OPEN;
  }

  /**
   * After how many nanoseconds it is worth asking again: when that of the upstream may let calls
   * through or, where that does, the first one of an endpoint.
   */
  long refusesNanos(Collection<Seat> seats, long now) {
    if (refuses(whole)) {
      return nanos(whole, now);
    }
    return seats.stream()
        .map(Seat::breaker)
        .filter(Breakers::refuses)
        .mapToLong(each -> nanos(each, now))
        .min()
        .orElse(0);
  }

  /** Nobody knows when an operator will change his mind. */
  private long nanos(CircuitBreaker breaker, long now) {
    return breaker.state() == State.FORCED_OPEN
        ? TimeUnit.MILLISECONDS.toNanos(config.openMillis())
        : breaker.refusesNanos(now);
  }
}
