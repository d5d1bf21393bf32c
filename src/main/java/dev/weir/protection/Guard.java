package dev.weir.protection;

import dev.weir.cluster.Mesh;
import dev.weir.config.CircuitBreakerConfig;
import dev.weir.config.FallbackConfig;
import dev.weir.config.OutlierConfig;
import dev.weir.exchange.Exchange;
import dev.weir.node.Endpoint;
import dev.weir.node.Node;
import dev.weir.node.Upstream;
import dev.weir.resilience.CircuitBreaker;
import dev.weir.resilience.FailureRule;
import dev.weir.resilience.Observer;
import dev.weir.resilience.OutlierDetector;
import dev.weir.resilience.Permit;
import dev.weir.resilience.Trial;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Watches over one upstream: its breakers, and who of its endpoints is ejected. Any thread may use
 * it. When the configuration of one of the two changes, another guard takes over: it has the seats
 * of the endpoints and the half that stays as it was; the other half is closed, so that attempts
 * under way can't bring anything about through it.
 */
public final class Guard {

  private final String upstream;
  private final Node node;
  private final FailureRule rule;
  private final Breakers breakers; // null when there are none
  private final CircuitBreaker breaker; // null when there is none before the upstream
  private final Outliers outliers; // null when nobody is ejected
  private final Map<Endpoint, Seat> seats;

  /**
   * @param before whose place it takes; {@code null} for nobody's
   */
  Guard(
      Upstream upstream,
      Guard before,
      Node node,
      Announcer announcer,
      Mesh mesh,
      Claims claims,
      long now) {
    this.upstream = upstream.name();
    this.node = node;
    CircuitBreakerConfig breaking = upstream.config().circuitBreaker();
    OutlierConfig ejecting = upstream.config().outlier();
    rule = FailureRule.of(breaking);
    seats = before == null ? new ConcurrentHashMap<>() : before.seats;
    boolean sameBreaking = before != null && Objects.equals(before.breaking(), breaking);
    boolean sameEjecting = before != null && Objects.equals(before.ejecting(), ejecting);
    if (before != null) {
      before.close(!sameBreaking, !sameEjecting, now);
    }
    if (sameBreaking) {
      breakers = before.breakers;
    } else {
      breakers = breaking == null ? null : new Breakers(upstream, announcer, mesh, claims, now);
    }
    if (sameEjecting) {
      outliers = before.outliers;
    } else {
      outliers = ejecting == null ? null : new Outliers(upstream, seats, announcer, mesh, now);
    }
    breaker = breakers == null ? null : breakers.whole();
    if (breakers != null && !sameBreaking) {
      seats.values().forEach(seat -> breakers.come(seat, now));
    }
    members(upstream.endpoints(), now);
  }

  private CircuitBreakerConfig breaking() {
    return breakers == null ? null : breakers.config();
  }

  private OutlierConfig ejecting() {
    return outliers == null ? null : outliers.config();
  }

  /** Whether it does what a configuration wants. */
  boolean fits(Upstream upstream) {
    return Objects.equals(breaking(), upstream.config().circuitBreaker())
        && Objects.equals(ejecting(), upstream.config().outlier());
  }

  /** Says which endpoints there are. */
  void members(List<Endpoint> endpoints, long now) {
    if (outliers != null) {
      outliers.members(endpoints); // Whoever has a seat is known to the detector.
    }
    seats.values().removeIf(seat -> !endpoints.contains(seat.endpoint()) && leaves(seat, now));
    for (Endpoint endpoint : endpoints) {
      seats.computeIfAbsent(endpoint, missing -> seat(missing, now));
    }
  }

  private boolean leaves(Seat seat, long now) {
    if (outliers != null) {
      outliers.leave(seat.endpoint());
    }
    if (breakers != null) {
      breakers.leave(seat, now);
    }
    return true;
  }

  private Seat seat(Endpoint endpoint, long now) {
    Seat seat = new Seat(node, endpoint);
    if (breakers != null) {
      breakers.come(seat, now);
    }
    return seat;
  }

  /**
   * Asks for leave to send an exchange to the upstream; puts the trial on it when there is.
   *
   * @param now the time in nanoseconds
   */
  public boolean admit(Exchange exchange, long now) {
    Permit permit = breaker == null ? null : breaker.acquire(now);
    if (breaker != null && permit == null) {
      return false;
    }
    exchange.trial(new Trial(rule, permit));
    return true;
  }

  /**
   * Asks for leave to send an exchange, which the upstream has admitted, to an endpoint.
   *
   * @param now the time in nanoseconds
   */
  public boolean admit(Exchange exchange, Endpoint endpoint, long now) {
    Seat seat = seats.get(endpoint);
    CircuitBreaker its = seat == null ? null : seat.breaker();
    if (its == null) {
      return true;
    }
    Permit permit = its.acquire(now);
    if (permit == null) {
      return false;
    }
    Trial trial = exchange.takeTrial();
    if (trial == null) {
      permit.cancel(); // The client has gone in the meantime.
    } else {
      trial.admitted(permit);
      exchange.trial(trial);
    }
    return true;
  }

  /** Whether an endpoint may be out because its own breaker refuses. */
  public boolean keepsOut() {
    return breakers != null && Breakers.anyRefuses(seats.values());
  }

  /**
   * After how many seconds it is worth trying again, at least 1.
   *
   * @param now the time in nanoseconds
   */
  public long retryAfterSeconds(long now) {
    long nanos = breakers == null ? 0 : breakers.refusesNanos(seats.values(), now);
    return Math.max(1, (nanos + 999_999_999) / 1_000_000_000);
  }

  /** What is done in place of a refusal; {@code null} for nothing. */
  public FallbackConfig fallback() {
    return breakers == null ? null : breakers.config().fallback();
  }

  /**
   * Where another lane tells what it sees of an endpoint; {@code null} when nobody listens, or when
   * it {@link #has} no such endpoint.
   */
  public Observer observer(Endpoint endpoint) {
    Seat seat = outliers == null ? null : seats.get(endpoint);
    return seat == null ? null : seat.watch(outliers.detector().observer(endpoint));
  }

  /** Adds what traffic has seen of its endpoints since the last time. */
  void observed(List<Observation> into) {
    if (outliers != null) {
      seats.values().stream().map(Seat::observed).filter(Objects::nonNull).forEach(into::add);
    }
  }

  /** Whether an endpoint is one of those that it watches over. */
  public boolean has(Endpoint endpoint) {
    return seats.containsKey(endpoint);
  }

  void tick(long now) {
    if (breakers != null) {
      breakers.poll(seats.values(), now);
    }
    if (outliers != null) {
      outliers.detector().tick(now);
    }
  }

  /**
   * Something else has found an endpoint to work: it returns if it is ejected, and what was counted
   * of not reaching it begins anew.
   */
  void restore(Endpoint endpoint, long now) {
    if (outliers != null) {
      outliers.detector().restore(endpoint, now);
    }
  }

  /**
   * Other nodes say something else than before. On the event loop of the mesh only.
   *
   * @param endpoint whom it is about; {@code null} for all
   * @param quorum how many nodes it takes to eject one here
   */
  void follow(String endpoint, int quorum, long now) {
    if (outliers != null) {
      outliers.follow(endpoint, quorum, now);
    }
  }

  /** Another node has tried whether a breaker may close. */
  void heard(Verdict verdict, long now) {
    if (breakers != null) {
      breakers.heard(verdict, now);
    }
  }

  /** Lets everybody return, for good. */
  void close(long now) {
    close(true, true, now);
  }

  private void close(boolean breaking, boolean ejecting, long now) {
    if (breaking && breakers != null) {
      breakers.close(seats.values(), now);
    }
    if (ejecting && outliers != null) {
      outliers.close(now);
    }
  }

  /** Its breakers, that of the upstream first. */
  public List<BreakerView> breakers() {
    return breakers == null ? List.of() : breakers.views(seats.values());
  }

  /** Who finds outliers; {@code null} for nobody. */
  public OutlierDetector<Endpoint> detector() {
    return outliers == null ? null : outliers.detector();
  }

  public String upstream() {
    return upstream;
  }
}
