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
import dev.weir.resilience.Finding;
import dev.weir.resilience.Observer;
import dev.weir.resilience.OutlierDetector;
import dev.weir.resilience.Permit;
import dev.weir.resilience.Transition;
import dev.weir.resilience.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Watches over one upstream: its breakers, and who of its endpoints is ejected. Any thread may use
 * it.
 */
public final class Guard {

  private final String upstream;
  private final CircuitBreakerConfig config;
  private final OutlierConfig outlier;
  private final FailureRule rule;
  private final Node node;
  private final Announcer announcer;
  private final SharedEjections ejections;
  private final ClusterTrials trials;
  private final CircuitBreaker breaker;
  private final OutlierDetector<Endpoint> detector;
  private final Map<Endpoint, Seat> seats = new ConcurrentHashMap<>();

  Guard(Upstream upstream, Node node, Announcer announcer, Mesh mesh, Claims claims, long now) {
    this.upstream = upstream.name();
    config = upstream.config().circuitBreaker();
    outlier = upstream.config().outlier();
    rule = FailureRule.of(config);
    this.node = node;
    this.announcer = announcer;
    ejections = new SharedEjections(upstream.name(), mesh);
    trials = new ClusterTrials(upstream, claims, mesh);
    breaker = config != null && config.forUpstream() ? breaker(null, now) : null;
    detector =
        outlier == null ? null : new OutlierDetector<>(outlier, Guard::chance, this::found, now);
    members(upstream.endpoints(), now);
  }

  private static double chance() {
    return ThreadLocalRandom.current().nextDouble();
  }

  private CircuitBreaker breaker(Seat seat, long now) {
    return trials.make(
        id(seat),
        turn ->
            new CircuitBreaker(config, Guard::chance, change -> changed(seat, change), turn, now));
  }

  private static String id(Seat seat) {
    return seat == null ? null : seat.endpoint().id();
  }

  /** Whether it does what a configuration wants. */
  boolean fits(Upstream upstream) {
    return Objects.equals(config, upstream.config().circuitBreaker())
        && Objects.equals(outlier, upstream.config().outlier());
  }

  /** Says which endpoints there are. */
  void members(List<Endpoint> endpoints, long now) {
    seats.keySet().removeIf(endpoint -> !endpoints.contains(endpoint) && leaves(endpoint, now));
    for (Endpoint endpoint : endpoints) {
      seats.computeIfAbsent(endpoint, missing -> seat(missing, now));
    }
    if (detector != null) {
      detector.members(endpoints);
    }
  }

  private boolean leaves(Endpoint endpoint, long now) {
    ejections.forget(endpoint);
    trials.forget(endpoint.id(), now);
    return true;
  }

  private Seat seat(Endpoint endpoint, long now) {
    Seat seat = new Seat(node, endpoint);
    if (config != null && config.forEndpoints()) {
      seat.breaker(breaker(seat, now));
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
    if (seat == null || seat.breaker() == null) {
      return true;
    }
    Permit permit = seat.breaker().acquire(now);
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

  /** After how many seconds it is worth trying again, at least 1. */
  public long retryAfterSeconds(long now) {
    long nanos = breaker == null ? 0 : breaker.refusesNanos(now);
    return Math.max(1, (nanos + 999_999_999) / 1_000_000_000);
  }

  /** What is done in place of a refusal; {@code null} for nothing. */
  public FallbackConfig fallback() {
    return config == null ? null : config.fallback();
  }

  /** Where another lane tells what it sees of an endpoint; {@code null} when nobody listens. */
  public Observer observer(Endpoint endpoint) {
    if (detector == null) {
      return null;
    }
    Observer observer = detector.observer(endpoint);
    Seat seat = seats.get(endpoint);
    return seat == null ? observer : seat.watch(observer); // Those that have left are not told of.
  }

  /** Adds what traffic has seen of its endpoints since the last time. */
  void observed(List<Observation> into) {
    if (detector != null) {
      seats.values().stream().map(Seat::observed).filter(Objects::nonNull).forEach(into::add);
    }
  }

  /** Whether an endpoint is one of those that it watches over. */
  public boolean has(Endpoint endpoint) {
    return seats.containsKey(endpoint);
  }

  void tick(long now) {
    if (breaker != null) {
      breaker.poll(now);
    }
    for (Seat seat : seats.values()) {
      if (seat.breaker() != null) {
        seat.breaker().poll(now);
      }
    }
    if (detector != null) {
      detector.tick(now);
    }
  }

  /**
   * Something else has found an endpoint to work: it returns if it is ejected, and what was counted
   * of not reaching it begins anew.
   */
  void restore(Endpoint endpoint, long now) {
    if (detector != null) {
      detector.restore(endpoint, now);
    }
  }

  /**
   * Other nodes say something else than before. On the event loop of the mesh only.
   *
   * @param endpoint whom it is about; {@code null} for all
   * @param quorum how many nodes it takes to eject one here
   */
  void follow(String endpoint, int quorum, long now) {
    if (detector != null) {
      ejections.follow(detector, seats.keySet(), endpoint, quorum, now);
    }
  }

  /** Another node has tried whether a breaker may close. */
  void heard(Verdict verdict, long now) {
    trials.heard(verdict, now);
  }

  /** Lets everybody return, for good. */
  void close(long now) {
    seats.keySet().forEach(endpoint -> leaves(endpoint, now));
    trials.forget(null, now);
    seats.values().forEach(Seat::free);
  }

  private void changed(Seat seat, Transition change) {
    if (seat != null) {
      seat.changed();
    }
    announcer.changed(view(seat), change);
    trials.changed(id(seat), change, System.nanoTime());
  }

  private void found(Finding<Endpoint> finding) {
    Seat seat = seats.get(finding.endpoint());
    if (seat != null && finding.outcome() == Finding.Outcome.EJECTED) {
      seat.ejected(true);
    } else if (seat != null && finding.outcome() == Finding.Outcome.RETURNED) {
      seat.ejected(false);
    }
    announcer.found(upstream, finding);
    ejections.found(finding);
  }

  private BreakerView view(Seat seat) {
    return seat == null
        ? new BreakerView(upstream, null, breaker, config)
        : new BreakerView(upstream, seat.endpoint().id(), seat.breaker(), config);
  }

  /** Its breakers, that of the upstream first. */
  public List<BreakerView> breakers() {
    List<BreakerView> views = new ArrayList<>();
    if (breaker != null) {
      views.add(view(null));
    }
    seats.values().stream()
        .filter(seat -> seat.breaker() != null)
        .map(this::view)
        .forEach(views::add);
    return views;
  }

  /** Who finds outliers; {@code null} for nobody. */
  public OutlierDetector<Endpoint> detector() {
    return detector;
  }

  public String upstream() {
    return upstream;
  }
}
