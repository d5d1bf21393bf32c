package dev.weir.resilience;

import dev.weir.config.ConsecutiveConfig;
import dev.weir.config.OutlierConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * Finds the endpoints of an upstream that do worse than they should, and ejects them for a time, by
 * Envoy's rules. Traffic is told to an {@link Observer}, one for each lane; runs of bad results are
 * found at once, rates once an interval. Any thread may use it.
 *
 * <p>All times are nanoseconds of one clock, which the caller reads.
 *
 * @param <E> what an endpoint is
 */
public final class OutlierDetector<E> {

  private static final int WHOLE = 100;

  /*
   * Traffic takes the lock only when a run of bad results is complete. The listener is called with
   * it, so that it hears of the ejection and the return of an endpoint in their order; it must not
   * wait for anything.
   */
  private final OutlierConfig config;
  private final DoubleSupplier random;
  private final Consumer<Finding<E>> listener;
  private final Map<E, Suspect<E>> suspects = new LinkedHashMap<>(); // Guarded by this
  private int ejected; // Guarded by this
  private long intervalStart; // Guarded by this

  private final AtomicLongArray detections = new AtomicLongArray(Reason.values().length);
  private final AtomicLongArray ejections = new AtomicLongArray(Reason.values().length);
  private final AtomicLong overflows = new AtomicLong();

  /**
   * @param random from 0 to, but not including, 1
   */
  public OutlierDetector(
      OutlierConfig config, DoubleSupplier random, Consumer<Finding<E>> listener, long now) {
    this.config = config;
    this.random = random;
    this.listener = listener;
    intervalStart = now;
  }

  OutlierConfig config() {
    return config;
  }

  /** Where another lane tells what it sees of an endpoint; of one that is no member, in vain. */
  public synchronized Observer observer(E endpoint) {
    Suspect<E> known = suspects.get(endpoint);
    return (known == null ? new Suspect<>(this, endpoint) : known).observer();
  }

  /** Says which endpoints there are; what is known of others is forgotten. */
  public synchronized void members(Collection<E> endpoints) {
    suspects.values().removeIf(suspect -> !endpoints.contains(suspect.endpoint) && leave(suspect));
    for (E endpoint : endpoints) {
      suspects.computeIfAbsent(endpoint, missing -> new Suspect<>(this, missing));
    }
  }

  private boolean leave(Suspect<E> suspect) {
    ejected -= suspect.ejected ? 1 : 0;
    return true;
  }

  /** How many endpoints are ejected. */
  public synchronized int ejected() {
    return ejected;
  }

  /** How often something spoke against an endpoint. */
  public long detections(Reason reason) {
    return detections.get(reason.ordinal());
  }

  /** How often an endpoint was ejected. */
  public long ejections(Reason reason) {
    return ejections.get(reason.ordinal());
  }

  /** How often one was not, because as many as may be ejected were already. */
  public long overflows() {
    return overflows.get();
  }

  ConsecutiveConfig rule(Reason reason) {
    return switch (reason) {
      case SERVER_ERRORS -> config.serverErrors();
      case GATEWAY_FAILURES -> config.gatewayFailures();
      default -> config.localFailures();
    };
  }

  /** A run of bad results is complete. */
  synchronized void found(Suspect<E> suspect, Reason reason, long now) {
    ConsecutiveConfig rule = rule(reason);
    int value = rule.consecutive();
    found(suspect, reason, value, value, rule.enforcePercent(), now);
  }

  private void found(
      Suspect<E> suspect, Reason reason, double value, double limit, int percent, long now) {
    if (suspect.ejected || suspects.get(suspect.endpoint) != suspect) {
      return;
    }
    if (allows(suspect, reason, value, limit, percent)) {
      suspect.times++;
      eject(suspect, reason, value, limit, ejectionNanos(suspect.times), now);
    }
  }

  /**
   * Takes an endpoint out because other nodes have done so, within the same limits.
   *
   * @param nodes how many they are
   * @param nanos for how long at the most
   */
  public synchronized void follow(E endpoint, int nodes, long nanos, long now) {
    Suspect<E> suspect = suspects.get(endpoint);
    boolean present = suspect != null && !suspect.ejected;
    if (present && allows(suspect, Reason.OTHER_NODES, nodes, nodes, WHOLE)) {
      suspect.followed = true;
      eject(suspect, Reason.OTHER_NODES, nodes, nodes, nanos, now);
    }
  }

  /** Other nodes don't say any longer that an endpoint is to be out. */
  public synchronized void unfollow(E endpoint, long now) {
    Suspect<E> suspect = suspects.get(endpoint);
    if (suspect != null && suspect.ejected && suspect.followed) {
      giveBack(suspect, now);
    }
  }

  private boolean allows(
      Suspect<E> suspect, Reason reason, double value, double limit, int percent) {
    detections.incrementAndGet(reason.ordinal());
    if (config.dryRun() || random.getAsDouble() * WHOLE >= percent) {
      mention(suspect, Finding.Outcome.DETECTED, reason, value, limit);
      return false;
    }
    if (ejected >= Math.max(1, suspects.size() * config.maxEjectedPercent() / WHOLE)) {
      overflows.incrementAndGet();
      mention(suspect, Finding.Outcome.OVERFLOWED, reason, value, limit);
      return false;
    }
    return true;
  }

  private long ejectionNanos(int times) {
    long millis = Math.min(config.baseEjectionMillis() * times, config.maxEjectionMillis());
    double jittered = millis + random.getAsDouble() * config.jitterMillis();
    return (long) (jittered * TimeUnit.MILLISECONDS.toNanos(1));
  }

  private void eject(
      Suspect<E> suspect, Reason reason, double value, double limit, long nanos, long now) {
    suspect.ejected = true;
    suspect.until = now + nanos;
    ejected++;
    ejections.incrementAndGet(reason.ordinal());
    tell(suspect, Finding.Outcome.EJECTED, reason, value, limit, nanos);
  }

  /** Tells what changes nothing, but not time and again: runs can be complete very often. */
  private void mention(
      Suspect<E> suspect, Finding.Outcome outcome, Reason reason, double value, double limit) {
    if (suspect.isNews(reason)) {
      tell(suspect, outcome, reason, value, limit, 0);
    }
  }

  private void tell(
      Suspect<E> suspect,
      Finding.Outcome outcome,
      Reason reason,
      double value,
      double limit,
      long nanos) {
    listener.accept(
        new Finding<>(
            suspect.endpoint, outcome, reason, value, limit, suspect.times, nanos, ejected));
  }

  /** Lets time pass: who has served its time returns, and rates are looked at when it is due. */
  public synchronized void tick(long now) {
    for (Suspect<E> suspect : suspects.values()) {
      if (suspect.ejected && now - suspect.until >= 0) {
        giveBack(suspect, now);
      }
    }
    if (now - intervalStart >= TimeUnit.MILLISECONDS.toNanos(config.intervalMillis())) {
      forgive(now);
      intervalStart = now;
      List<Suspect<E>> present = endInterval();
      compare(present, now);
      judge(present, now);
    }
  }

  /**
   * Lets an endpoint return that something else has found to work; where it is not out, the run of
   * failures to reach it begins anew. One that is out because other nodes say so stays out: it is
   * for them to find that.
   */
  public synchronized void restore(E endpoint, long now) {
    Suspect<E> suspect = suspects.get(endpoint);
    if (suspect != null && suspect.ejected && !suspect.followed) {
      giveBack(suspect, now);
    } else if (suspect != null) {
      suspect.reached();
    }
  }

  /** Lets everybody return. */
  public synchronized void restoreAll(long now) {
    suspects.values().stream().filter(each -> each.ejected).forEach(each -> giveBack(each, now));
  }

  /** Lets everybody return and forgets them: what is still told changes nothing any longer. */
  public synchronized void close(long now) {
    restoreAll(now);
    suspects.clear();
  }

  private void giveBack(Suspect<E> suspect, long now) {
    suspect.ejected = false;
    suspect.followed = false;
    suspect.returned = now;
    suspect.succeeded();
    ejected--;
    tell(suspect, Finding.Outcome.RETURNED, null, 0, 0, 0);
  }

  /** An interval without an ejection makes the next one shorter. */
  private void forgive(long now) {
    for (Suspect<E> suspect : suspects.values()) {
      boolean good = !suspect.ejected && suspect.returned - intervalStart < 0;
      if (good && suspect.times > 0) {
        suspect.times--;
      }
    }
  }

  private List<Suspect<E>> endInterval() {
    List<Suspect<E>> present = new ArrayList<>();
    for (Suspect<E> suspect : suspects.values()) {
      suspect.endInterval();
      if (!suspect.ejected) {
        present.add(suspect);
      }
    }
    return present;
  }

  private void compare(List<Suspect<E>> present, long now) {
    var rule = config.successRate();
    List<Suspect<E>> busy = busy(present, rule.minimumRequests());
    if (busy.size() < rule.minimumEndpoints()) {
      return;
    }
    double mean = busy.stream().mapToDouble(Suspect::successPercent).average().orElse(0);
    double variance =
        busy.stream().mapToDouble(each -> square(each.successPercent() - mean)).average().orElse(0);
    double limit = mean - rule.deviations() * Math.sqrt(variance);
    for (Suspect<E> suspect : busy) {
      double value = suspect.successPercent();
      if (value < limit) {
        found(suspect, Reason.SUCCESS_RATE, value, limit, rule.enforcePercent(), now);
      }
    }
  }

  private void judge(List<Suspect<E>> present, long now) {
    var rule = config.failureRate();
    List<Suspect<E>> busy = busy(present, rule.minimumRequests());
    if (busy.size() < rule.minimumEndpoints()) {
      return;
    }
    for (Suspect<E> suspect : busy) {
      double value = WHOLE - suspect.successPercent();
      if (value >= rule.percent()) {
        found(suspect, Reason.FAILURE_RATE, value, rule.percent(), rule.enforcePercent(), now);
      }
    }
  }

  private static double square(double value) {
    return value * value;
  }

  private List<Suspect<E>> busy(List<Suspect<E>> present, int minimumRequests) {
    return present.stream().filter(each -> each.requests >= minimumRequests).toList();
  }
}
